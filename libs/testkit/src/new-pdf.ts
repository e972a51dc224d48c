/** A page of a PDF: one JPEG that fills it. */
interface PdfPage {
  readonly jpeg: Uint8Array
  readonly width: number
  readonly height: number
}

const A4_POINTS = [595, 842]

/** A PDF as scanners write it. Locked, it asks for a password that nobody knows. */
export function newPdf(pages: readonly PdfPage[], { locked = false } = {}): Buffer {
  const parts: Buffer[] = []
  const offsets: number[] = []
  let length = 0
  const put = (...texts: (string | Uint8Array)[]) => {
    for (const text of texts) {
      const bytes = typeof text === 'string' ? Buffer.from(text, 'latin1') : Buffer.from(text)
      parts.push(bytes)
      length += bytes.length
    }
  }
  const object = (...body: (string | Uint8Array)[]) => {
    offsets.push(length)
    put(`${offsets.length} 0 obj\n`, ...body, '\nendobj\n')
  }
  put('%PDF-1.4\n')
  object('<</Type/Catalog/Pages 2 0 R>>')
  const kids = pages.map((_, index) => `${3 + 3 * index} 0 R`).join(' ')
  object(`<</Type/Pages/Count ${pages.length}/Kids[${kids}]>>`)
  for (const { jpeg, width, height } of pages) {
    const [wide, high] = A4_POINTS
    const next = offsets.length + 2
    const drawing = `q ${wide} 0 0 ${high} 0 0 cm /I Do Q`
    object(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${wide} ${high}]/Contents ${next} 0 R`,
      `/Resources<</XObject<</I ${next + 1} 0 R>>>>>>`,
    )
    object(`<</Length ${drawing.length}>>stream\n${drawing}\nendstream`)
    object(
      `<</Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/DeviceRGB`,
      `/BitsPerComponent 8/Filter/DCTDecode/Length ${jpeg.length}>>stream\n`,
      jpeg,
      '\nendstream',
    )
  }
  const table = length
  const lines = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
  put(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n`, ...lines)
  put(`trailer<</Size ${offsets.length + 1}/Root 1 0 R${locked ? LOCK : ''}>>\n`)
  put(`startxref\n${table}\n%%EOF\n`)
  return Buffer.concat(parts)
}

const HASH = 'ab'.repeat(32)
const LOCK = `/Encrypt<</Filter/Standard/V 1/R 2/O<${HASH}>/U<${HASH}>/P -4>>/ID[<ab><ab>]`
