// Written by scripts/write-lessons.ts: what our own generator drew, and what stands there.
import type { Lesson } from './lesson.ts'

export const LESSONS: readonly Lesson[] = [
// drawn from ddd632763f465310c996f1de9f59a14f1436a9dd9650c51a1d3fc74378474d3a
// picture as-written 01c5b0c96c60d0d4f7e721c9c969e7e446558f21728a24ab4362f05dd1b1e311
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
// drawn from 807fe20af9125e3d5b462844ae17b7905353f340546105e8c5887506ac71b1bc
// picture choices-and-blanks 626c825fd4e732caef451d33211fddc650de0a59a964aa162ade9c5c9695c5a5
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
// drawn from a78c5f657b953e4f747752143ef7ae2cf1d120d3f612285643598edf05fe3e9d
// picture hard-to-read 68d5f0becf2afb8e0d4bbde52421522e34cefd86a1801c2fbfb174867f08937a
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
// drawn from 695b41a3f0754805d81812929573b102cdd035469f0f6986ce50bcdaee83af18
// picture as-above 8d9d3242f3bc7b5d1cdb4818f38c5d88957b8bc7678297aa58145d372616b9e9
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
