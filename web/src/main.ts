import './older-browsers.ts'
import './look/tokens.css'
import './look/base.css'
import { mount } from 'svelte'
import App from './app.svelte'
import { language } from './words/language.svelte.ts'
import './look/theme.svelte.ts'
import './line/keep-app.ts'

const target = document.getElementById('app')
if (target === null) throw new Error('the page has no place for the app')
document.documentElement.lang = language.current
target.replaceChildren()
mount(App, { target })
// So that a full disk does not make the browser throw away what was never sent.
void navigator.storage?.persist?.()
