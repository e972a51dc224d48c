/** Whether somebody asked to change the own password: the menu says so, and the app shows it over any desk. */
class PasswordDoor {
  isOpen = $state(false)
}

export const passwordDoor = new PasswordDoor()
