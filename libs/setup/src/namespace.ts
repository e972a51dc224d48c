/** First word of every subject of an installation. */
export const NAMESPACE = 'songnhap'
