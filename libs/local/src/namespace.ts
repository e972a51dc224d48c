/** First word of every subject of an installation on this machine. */
export const NAMESPACE = 'songnhap'
