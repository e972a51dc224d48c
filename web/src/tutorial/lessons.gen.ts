// Written by scripts/write-lessons.ts: what our own generator drew, and what stands there.
import type { Lesson } from './lesson.ts'

export const LESSONS: readonly Lesson[] = [
// drawn from 28820cac33605257f71e44e0199aee95a9d5601d2910e56f316ca64856bc2888
// picture as-written 154af6ffb8e1c825132806ff75f44c169eb253de353ba4804759b976a6c3e25e
{ url: new URL('./pages/as-written.webp', import.meta.url).href, ...{
  "name": "as-written",
  "size": {
    "width": 1000,
    "height": 467
  },
  "truth": [
    {
      "childName": {
        "value": "Lương Thị Xuyến",
        "origin": "typed"
      },
      "motherName": {
        "value": "Vi Thị Thường",
        "origin": "typed"
      },
      "fatherName": {
        "value": "Lương Văn Tuyển",
        "origin": "typed"
      }
    }
  ],
  "unreadable": false,
  "form": {
    "name": "practice",
    "version": 1,
    "title": {
      "vi": "Trang tập",
      "en": "Practice page"
    },
    "recordsMax": 1,
    "fields": [
      {
        "name": "childName",
        "kind": "name",
        "label": {
          "vi": "Họ, chữ đệm, tên",
          "en": "Child's name"
        },
        "lengthMax": 120,
        "zones": [
          {
            "layout": "lesson",
            "x": 0.1958,
            "y": 0.218,
            "width": 0.2612,
            "height": 0.1052
          }
        ]
      },
      {
        "name": "motherName",
        "kind": "name",
        "label": {
          "vi": "Mẹ: họ và tên",
          "en": "Mother's name"
        },
        "lengthMax": 120,
        "zones": [
          {
            "layout": "lesson",
            "x": 0.2458,
            "y": 0.5961,
            "width": 0.3352,
            "height": 0.1052
          }
        ]
      },
      {
        "name": "fatherName",
        "kind": "name",
        "label": {
          "vi": "Cha: họ và tên",
          "en": "Father's name"
        },
        "lengthMax": 120,
        "zones": [
          {
            "layout": "lesson",
            "x": 0.5874,
            "y": 0.5961,
            "width": 0.3352,
            "height": 0.1052
          }
        ]
      }
    ],
    "layouts": [
      {
        "name": "lesson",
        "label": {
          "vi": "Trang tập",
          "en": "Practice page"
        },
        "recordStep": {
          "x": 0,
          "y": 0.8889
        }
      }
    ]
  }
} },
// drawn from c60991b05bfb2d34d6009775f81583b99cc4546d3682f7c0100f1cddfdf9a2f7
// picture dates 790b13f05b1ba837e3c26efedafa288007dc816cad8dd2e8e3c48281f6a9c5ce
{ url: new URL('./pages/dates.webp', import.meta.url).href, ...{
  "name": "dates",
  "size": {
    "width": 1000,
    "height": 467
  },
  "truth": [
    {
      "registeredOn": {
        "value": "12-3-2003",
        "origin": "typed"
      },
      "motherBorn": {
        "value": "tháng 3 năm 1981",
        "origin": "typed"
      },
      "fatherBorn": {
        "value": "1979",
        "origin": "typed"
      }
    }
  ],
  "unreadable": false,
  "form": {
    "name": "practice",
    "version": 1,
    "title": {
      "vi": "Trang tập",
      "en": "Practice page"
    },
    "recordsMax": 1,
    "fields": [
      {
        "name": "registeredOn",
        "kind": "date",
        "label": {
          "vi": "Ngày đăng ký",
          "en": "Registered on"
        },
        "lengthMax": 40,
        "zones": [
          {
            "layout": "lesson",
            "x": 0.4051,
            "y": 0.1169,
            "width": 0.1701,
            "height": 0.1052
          }
        ]
      },
      {
        "name": "motherBorn",
        "kind": "date",
        "label": {
          "vi": "Mẹ: ngày, năm sinh",
          "en": "Mother born"
        },
        "lengthMax": 40,
        "zones": [
          {
            "layout": "lesson",
            "x": 0.2458,
            "y": 0.6973,
            "width": 0.3352,
            "height": 0.1052
          }
        ]
      },
      {
        "name": "fatherBorn",
        "kind": "date",
        "label": {
          "vi": "Cha: ngày, năm sinh",
          "en": "Father born"
        },
        "lengthMax": 40,
        "zones": [
          {
            "layout": "lesson",
            "x": 0.5874,
            "y": 0.6973,
            "width": 0.3352,
            "height": 0.1052
          }
        ]
      }
    ],
    "layouts": [
      {
        "name": "lesson",
        "label": {
          "vi": "Trang tập",
          "en": "Practice page"
        },
        "recordStep": {
          "x": 0,
          "y": 0.8889
        }
      }
    ]
  }
} },
// drawn from ca5f3e437604eae1639ff74c95d353fc88dbbb1d0d6de952cd7810e82b682ded
// picture choices-and-blanks ca1f9eef10af37f4c1f59568e9fea2f88371ce42167d297b85675c4c7f4cb9a6
{ url: new URL('./pages/choices-and-blanks.webp', import.meta.url).href, ...{
  "name": "choices-and-blanks",
  "size": {
    "width": 1000,
    "height": 467
  },
  "truth": [
    {
      "sex": {
        "value": "Nữ",
        "origin": "typed"
      },
      "fatherName": {
        "value": "",
        "mark": "blank",
        "origin": "typed"
      },
      "fatherBorn": {
        "value": "",
        "mark": "blank",
        "origin": "typed"
      },
      "declarantName": {
        "value": "Lô Thị Mận",
        "origin": "typed"
      }
    }
  ],
  "unreadable": false,
  "form": {
    "name": "practice",
    "version": 1,
    "title": {
      "vi": "Trang tập",
      "en": "Practice page"
    },
    "recordsMax": 1,
    "fields": [
      {
        "name": "sex",
        "kind": "choice",
        "label": {
          "vi": "Giới tính",
          "en": "Sex"
        },
        "lengthMax": 20,
        "options": [
          {
            "value": "Nam",
            "label": {
              "vi": "Nam",
              "en": "Male"
            }
          },
          {
            "value": "Nữ",
            "label": {
              "vi": "Nữ",
              "en": "Female"
            }
          }
        ],
        "zones": [
          {
            "layout": "lesson",
            "x": 0.5222,
            "y": 0.218,
            "width": 0.0613,
            "height": 0.1052
          }
        ]
      },
      {
        "name": "fatherName",
        "kind": "name",
        "label": {
          "vi": "Cha: họ và tên",
          "en": "Father's name"
        },
        "lengthMax": 120,
        "zones": [
          {
            "layout": "lesson",
            "x": 0.5874,
            "y": 0.5961,
            "width": 0.3352,
            "height": 0.1052
          }
        ]
      },
      {
        "name": "fatherBorn",
        "kind": "date",
        "label": {
          "vi": "Cha: ngày, năm sinh",
          "en": "Father born"
        },
        "lengthMax": 40,
        "zones": [
          {
            "layout": "lesson",
            "x": 0.5874,
            "y": 0.6973,
            "width": 0.3352,
            "height": 0.1052
          }
        ]
      },
      {
        "name": "declarantName",
        "kind": "name",
        "label": {
          "vi": "Người đi khai",
          "en": "Declared by"
        },
        "lengthMax": 120,
        "zones": [
          {
            "layout": "lesson",
            "x": 0.1742,
            "y": 0.7984,
            "width": 0.3925,
            "height": 0.1052
          }
        ]
      }
    ],
    "layouts": [
      {
        "name": "lesson",
        "label": {
          "vi": "Trang tập",
          "en": "Practice page"
        },
        "recordStep": {
          "x": 0,
          "y": 0.8889
        }
      }
    ]
  }
} },
// drawn from c7a8b75e36f25585abc31383bc67836b56ef2d848f6a354199654cec616e334f
// picture hard-to-read 72f80bfebb9ca4a9b66fcca636007bab1939bcf640f19edb78340867cf7b41cb
{ url: new URL('./pages/hard-to-read.webp', import.meta.url).href, ...{
  "name": "hard-to-read",
  "size": {
    "width": 1000,
    "height": 467
  },
  "truth": [
    {
      "childName": {
        "value": "Hà Văn ?",
        "mark": "partly-legible",
        "origin": "typed"
      },
      "motherName": {
        "value": "",
        "mark": "illegible",
        "origin": "typed"
      },
      "declarantName": {
        "value": "",
        "mark": "struck-out",
        "origin": "typed"
      }
    }
  ],
  "unreadable": false,
  "form": {
    "name": "practice",
    "version": 1,
    "title": {
      "vi": "Trang tập",
      "en": "Practice page"
    },
    "recordsMax": 1,
    "fields": [
      {
        "name": "childName",
        "kind": "name",
        "label": {
          "vi": "Họ, chữ đệm, tên",
          "en": "Child's name"
        },
        "lengthMax": 120,
        "zones": [
          {
            "layout": "lesson",
            "x": 0.1958,
            "y": 0.218,
            "width": 0.2612,
            "height": 0.1052
          }
        ]
      },
      {
        "name": "motherName",
        "kind": "name",
        "label": {
          "vi": "Mẹ: họ và tên",
          "en": "Mother's name"
        },
        "lengthMax": 120,
        "zones": [
          {
            "layout": "lesson",
            "x": 0.2458,
            "y": 0.5961,
            "width": 0.3352,
            "height": 0.1052
          }
        ]
      },
      {
        "name": "declarantName",
        "kind": "name",
        "label": {
          "vi": "Người đi khai",
          "en": "Declared by"
        },
        "lengthMax": 120,
        "zones": [
          {
            "layout": "lesson",
            "x": 0.1742,
            "y": 0.7984,
            "width": 0.3925,
            "height": 0.1052
          }
        ]
      }
    ],
    "layouts": [
      {
        "name": "lesson",
        "label": {
          "vi": "Trang tập",
          "en": "Practice page"
        },
        "recordStep": {
          "x": 0,
          "y": 0.8889
        }
      }
    ]
  }
} },
// drawn from 9783abc4f24bc2773f2257a4f692b3640e06735c749bdbed6b80c484888b25c3
// picture as-above c266c9ab5bfab267436185a678b415902adbf7e225e7f70a06bd883405d2ec42
{ url: new URL('./pages/as-above.webp', import.meta.url).href, ...{
  "name": "as-above",
  "size": {
    "width": 1000,
    "height": 882
  },
  "truth": [
    {
      "childName": {
        "value": "Kha Thị Nga",
        "origin": "typed"
      },
      "birthplace": {
        "value": "Trạm y tế xã Bản Mùng",
        "origin": "typed"
      }
    },
    {
      "childName": {
        "value": "Lô Văn Hoà",
        "origin": "typed"
      },
      "birthplace": {
        "value": "",
        "mark": "ditto",
        "origin": "typed"
      }
    }
  ],
  "unreadable": false,
  "form": {
    "name": "practice",
    "version": 1,
    "title": {
      "vi": "Trang tập",
      "en": "Practice page"
    },
    "recordsMax": 3,
    "fields": [
      {
        "name": "childName",
        "kind": "name",
        "label": {
          "vi": "Họ, chữ đệm, tên",
          "en": "Child's name"
        },
        "lengthMax": 120,
        "zones": [
          {
            "layout": "lesson",
            "x": 0.1958,
            "y": 0.1154,
            "width": 0.2612,
            "height": 0.0557
          }
        ]
      },
      {
        "name": "birthplace",
        "kind": "text",
        "label": {
          "vi": "Nơi sinh",
          "en": "Birthplace"
        },
        "lengthMax": 300,
        "dittoFrom": "record-above",
        "zones": [
          {
            "layout": "lesson",
            "x": 0.4955,
            "y": 0.1689,
            "width": 0.4254,
            "height": 0.0557
          }
        ]
      }
    ],
    "layouts": [
      {
        "name": "lesson",
        "label": {
          "vi": "Trang tập",
          "en": "Practice page"
        },
        "recordStep": {
          "x": 0,
          "y": 0.4704
        }
      }
    ]
  }
} },
// drawn from 342c89b66180713f56d53b2ee7523772fe207ede0af082f8178d301482334e91
// picture hand-back 26e9dfff7e51c6f7cacd4bf2828a86dc860dd587b8a0a1af7f9753bd76ca909d
{ url: new URL('./pages/hand-back.webp', import.meta.url).href, ...{
  "name": "hand-back",
  "size": {
    "width": 1000,
    "height": 467
  },
  "truth": [
    {
      "childName": {
        "value": "Trần Văn Dũng",
        "origin": "typed"
      }
    }
  ],
  "unreadable": true,
  "form": {
    "name": "practice",
    "version": 1,
    "title": {
      "vi": "Trang tập",
      "en": "Practice page"
    },
    "recordsMax": 1,
    "fields": [
      {
        "name": "childName",
        "kind": "name",
        "label": {
          "vi": "Họ, chữ đệm, tên",
          "en": "Child's name"
        },
        "lengthMax": 120,
        "zones": [
          {
            "layout": "lesson",
            "x": 0.1958,
            "y": 0.218,
            "width": 0.2612,
            "height": 0.1052
          }
        ]
      }
    ],
    "layouts": [
      {
        "name": "lesson",
        "label": {
          "vi": "Trang tập",
          "en": "Practice page"
        },
        "recordStep": {
          "x": 0,
          "y": 0.8889
        }
      }
    ]
  }
} },
]
