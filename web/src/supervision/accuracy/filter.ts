import type { Campaign } from '@songnhap/contracts'

export const FIELD_CLASSES = ['identity-critical', 'critical', 'ordinary'] as const

/** What of accuracy is looked at; '' where it is not narrowed. */
export interface Filter {
  /** Of all campaigns keyed by forms of the campaign's form's name. */
  readonly allOfForm: boolean
  /** Days of keying. */
  readonly from: string
  readonly to: string
  readonly field: string
  readonly fieldClass: '' | (typeof FIELD_CLASSES)[number]
}

export const EVERYTHING: Filter = { allOfForm: false, from: '', to: '', field: '', fieldClass: '' }

/** Where the gateway answers about these: `operators`, one of them, or `fields/…`, which are not narrowed further. */
export function addressOf(
  { campaignId, form }: Pick<Campaign, 'campaignId' | 'form'>,
  filter: Filter,
  rest: string,
): string {
  const { allOfForm, from, to, field, fieldClass } = filter
  const isList = rest === 'operators'
  const asked = Object.entries({
    formName: allOfForm ? form.name : '',
    from,
    to,
    field: isList ? field : '',
    class: isList ? fieldClass : '',
  }).filter(([, value]) => value !== '')
  const base = allOfForm ? '/api' : `/api/campaigns/${campaignId}`
  const query = new URLSearchParams(asked).toString()
  return `${base}/${rest}${query === '' ? '' : `?${query}`}`
}
