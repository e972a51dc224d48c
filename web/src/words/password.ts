import { speaking } from './language.svelte.ts'

/** Words about changing the own password. */
export const passwordWords = speaking(
  {
    title: 'Đổi mật khẩu',
    firstTitle: 'Đặt mật khẩu của riêng bạn',
    firstWhy:
      'Mật khẩu vừa dùng do người khác đặt. Đặt mật khẩu chỉ mình bạn biết rồi làm việc; bài đang làm dở vẫn ' +
      'còn nguyên.',
    old: 'Mật khẩu hiện tại',
    next: 'Mật khẩu mới',
    nextHint: 'Ít nhất 10 ký tự. Ba bốn từ không dấu ghép lại thì dễ nhớ và khó đoán.',
    again: 'Gõ lại mật khẩu mới',
    oldMissing: 'Chưa gõ mật khẩu hiện tại.',
    short: 'Mật khẩu mới chưa đủ 10 ký tự.',
    differs: 'Hai lần gõ mật khẩu mới khác nhau.',
    same: 'Mật khẩu mới phải khác mật khẩu hiện tại.',
    wrong: 'Mật khẩu hiện tại chưa đúng.',
    throttled: 'Thử quá nhiều lần. Đợi một phút rồi thử lại.',
    unreachable: 'Không liên lạc được với máy chủ. Mật khẩu chưa đổi; có mạng rồi thử lại.',
    ended: 'Phiên đăng nhập đã hết. Đăng nhập lại rồi đổi mật khẩu.',
    elsewhere: 'Ở các máy khác bạn sẽ phải đăng nhập lại.',
    save: 'Đổi mật khẩu',
    changed: 'Đã đổi mật khẩu.',
    close: 'Đóng',
    cancel: 'Thôi',
    signOut: 'Đăng xuất',
    show: 'Hiện chữ đã gõ',
    ime: 'Mật khẩu có chữ có dấu. Có lẽ bộ gõ tiếng Việt đang bật; lần sau phải gõ đúng như vậy.',
  },
  {
    title: 'Change the password',
    firstTitle: 'Choose your own password',
    firstWhy:
      'The one you just used was set by somebody else. Choose one that only you know, and work; what is ' +
      'under way stays as it is.',
    old: 'Present password',
    next: 'New password',
    nextHint:
      'At least 10 characters. Three or four plain words are easy to keep and hard to guess.',
    again: 'New password once more',
    oldMissing: 'The present password is missing.',
    short: 'The new password has fewer than 10 characters.',
    differs: 'The two new passwords differ.',
    same: 'The new password must differ from the present one.',
    wrong: 'The present password is wrong.',
    throttled: 'Too many attempts. Wait a minute, then try again.',
    unreachable:
      'The server cannot be reached. The password is as it was; try again with a network.',
    ended: 'The session has ended. Sign in again, then change it.',
    elsewhere: 'On other computers you will have to sign in again.',
    save: 'Change the password',
    changed: 'The password is changed.',
    close: 'Close',
    cancel: 'Cancel',
    signOut: 'Sign out',
    show: 'Show what is typed',
    ime: 'The password has letters with marks. A Vietnamese keyboard may be on; it has to be typed so again.',
  },
)
