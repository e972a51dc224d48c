import { answer } from '@songnhap/bus'
import * as contracts from '@songnhap/contracts'
import type { Kysely } from 'kysely'
import { listForms, readForm, tellOfForm } from './forms/list-forms.ts'
import { deleteForm, publishForm } from './forms/publish-form.ts'
import { saveForm } from './forms/save-form.ts'
import { importList } from './lists/import-list.ts'
import { listLists, readList } from './lists/list-lists.ts'
import type { DB } from './schema.gen.ts'
import { applyUnitImport, planUnitImport } from './units/apply-units.ts'
import { findUnits } from './units/find-units.ts'
import { listUnitStates } from './units/list-unit-states.ts'
import { lookUpUnits } from './units/look-up-units.ts'
import { addUnitRows, openUnitImport } from './units/stage-units.ts'

/** What campaigns are keyed by: forms, code lists, administrative units. */
export function answerRegistry(db: Kysely<DB>) {
  return [
    answer(contracts.checkForm, (request) => tellOfForm(db, request)),
    answer(contracts.saveForm, (request) => saveForm(db, request)),
    answer(contracts.publishForm, (request) => publishForm(db, request)),
    answer(contracts.deleteForm, (request) => deleteForm(db, request)),
    answer(contracts.listForms, (request) => listForms(db, request)),
    answer(contracts.readForm, (request) => readForm(db, request)),
    answer(contracts.importList, (request) => importList(db, request)),
    answer(contracts.listLists, (request) => listLists(db, request)),
    answer(contracts.readList, (request) => readList(db, request)),
    answer(contracts.openUnitImport, (request) => openUnitImport(db, request)),
    answer(contracts.addUnitRows, (request) => addUnitRows(db, request)),
    answer(contracts.planUnitImport, (request) => planUnitImport(db, request)),
    answer(contracts.applyUnitImport, (request) => applyUnitImport(db, request)),
    answer(contracts.listUnitStates, () => listUnitStates(db)),
    answer(contracts.lookUpUnits, (request) => lookUpUnits(db, request)),
    answer(contracts.findUnits, (request) => findUnits(db, request)),
  ]
}
