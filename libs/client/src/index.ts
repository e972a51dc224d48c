export { type Api, signIn } from './api.ts'
export { type Assignment, openStream, type Stream } from './stream.ts'
export { sendFile, type UploadedFile, uploadFiles } from './upload-files.ts'
