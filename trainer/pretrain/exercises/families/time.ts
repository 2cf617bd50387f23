// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bodies are code, template literals included
import { type Family, family as f } from '../family.ts';

/** Dates, durations and clocks. */
export const time: readonly Family[] = [
  f(
    '{isLeapYear|leapYear|isLeap|hasLeapDay}',
    'year',
    'boolean',
    ['%W {the year|a year|$0} is a leap year', '%W {the year|$0} has 366 days{ in the Gregorian calendar|}'],
    [
      'return ($0 % 4 === 0 && $0 % 100 !== 0) || $0 % 400 === 0;',
      'return $0 % 400 === 0 || ($0 % 4 === 0 && $0 % 100 !== 0);',
      'if ($0 % 400 === 0) return true;\nif ($0 % 100 === 0) return false;\nreturn $0 % 4 === 0;',
    ],
    [
      [[2000], true],
      [[1900], false],
      [[2024], true],
      [[2023], false],
    ],
    1.8,
  ),
  f(
    '{daysInMonth|monthLength|getDaysInMonth|lengthOfMonth}',
    'year; month',
    'number',
    [
      '%R {the number of days|how many days there are} in {a month|$1 of $0}{, where January is 1| (1 to 12)|, with months from 1 to 12|}',
    ],
    ['return new Date($0, $1, 0).getDate();'],
    [
      [[2024, 2], 29],
      [[2023, 4], 30],
    ],
    1.2,
  ),
  f(
    '{daysInYear|yearLength}',
    'year',
    'number',
    ['%R {the number of days|how many days there are} in {a year|$0}'],
    ['return ($0 % 4 === 0 && $0 % 100 !== 0) || $0 % 400 === 0 ? 366 : 365;'],
    [
      [[2024], 366],
      [[2023], 365],
    ],
    0.6,
  ),
  f(
    '{isWeekend|weekend|isWeekendDay}',
    'd',
    'boolean',
    ['%W {the date|a date|$0} {is|falls on} {a Saturday or a Sunday|a weekend|the weekend}'],
    [
      'return $0.getDay() === 0 || $0.getDay() === 6;',
      'const @day = $0.getDay();\nreturn @day === 0 || @day === 6;',
      'return [0, 6].includes($0.getDay());',
    ],
    [
      [[new Date(2024, 5, 1)], true],
      [[new Date(2024, 5, 3)], false],
    ],
    1.1,
  ),
  f(
    '{addDays|plusDays|daysLater|shiftDays}',
    'd; days,count,n,amount: number',
    'Date',
    [
      '%R {the date|a date} $1 days {after|later than} $0%copy',
      'Adds {a number of days|$1 days} to {the date|a date|$0}%copy',
    ],
    [
      'const @r = new Date($0);\n@r.setDate(@r.getDate() + $1);\nreturn @r;',
      'return new Date($0.getTime() + $1 * 24 * 60 * 60 * 1000);',
      'return new Date($0.getTime() + $1 * 86_400_000);',
    ],
    [[[new Date(2024, 0, 31), 1], new Date(2024, 1, 1)]],
    1.3,
  ),
  f(
    '{addMonths|plusMonths}',
    'd; months,count,n: number',
    'Date',
    ['Adds {a number of months|$1 months} to {the date|$0}%copy'],
    ['const @r = new Date($0);\n@r.setMonth(@r.getMonth() + $1);\nreturn @r;'],
    [[[new Date(2024, 0, 15), 1], new Date(2024, 1, 15)]],
    0.6,
  ),
  f(
    '{daysBetween|differenceInDays|dayDifference|daysApart|countDays}',
    'da; db',
    'number',
    ['%R {how many days lie|the number of {whole |}days} between {two dates|$0 and $1}'],
    [
      'return Math.round(($1.getTime() - $0.getTime()) / 86_400_000);',
      'const @day = 24 * 60 * 60 * 1000;\nreturn Math.round(($1.getTime() - $0.getTime()) / @day);',
      'return Math.floor(($1.getTime() - $0.getTime()) / (1000 * 60 * 60 * 24));',
    ],
    [[[new Date('2024-01-01'), new Date('2024-01-03')], 2]],
    1.2,
  ),
  f(
    '{isSameDay|sameDay|onSameDay|equalDays}',
    'da; db',
    'boolean',
    ['%W {two dates|$0 and $1} {are on|fall on} the same day'],
    [
      'return $0.toDateString() === $1.toDateString();',
      'return $0.getFullYear() === $1.getFullYear() && $0.getMonth() === $1.getMonth() && $0.getDate() === $1.getDate();',
    ],
    [
      [[new Date(2024, 0, 1, 3), new Date(2024, 0, 1, 5)], true],
      [[new Date(2024, 0, 1), new Date(2024, 0, 2)], false],
    ],
    0.9,
  ),
  f(
    '{isBefore|earlier|comesBefore}',
    'da; db',
    'boolean',
    ['%W $0 {is before|comes before|is earlier than} $1'],
    ['return $0.getTime() < $1.getTime();'],
    [[[new Date(1), new Date(2)], true]],
    0.6,
  ),
  f(
    '{formatDate|toIsoDate|isoDate|dateString|toDateString}',
    'd',
    'string',
    [
      '{Formats|Writes} {the date|a date|$0} as {YYYY-MM-DD|year-month-day}{, in UTC|}',
      '%R {the date|$0} as {an ISO|a YYYY-MM-DD} string',
    ],
    ['return $0.toISOString().slice(0, 10);', "return $0.toISOString().split('T')[0]«!»;"],
    [[[new Date('2024-03-05T00:00:00Z')], '2024-03-05']],
    1,
  ),
  f(
    '{formatDate|isoDay|dateKey}',
    'year; month; day,d,dayOfMonth: number',
    'string',
    ['{Formats|Writes} {a date|year, month and day} as {YYYY-MM-DD|year-month-day}'],
    [
      "return `${$0}-${String($1).padStart(2, '0')}-${String($2).padStart(2, '0')}`;",
      "return [$0, $1, $2].map((@n) => String(@n).padStart(2, '0')).join('-');",
    ],
    [[[2024, 3, 5], '2024-03-05']],
    0.8,
  ),
  f(
    '{age|yearsBetween|ageOn|getAge}',
    'birth,born,birthday: Date; today,now,on,at: Date',
    'number',
    ['%R {the age|how many years old someone is} in {full |whole |}years on {a day|$1}'],
    [
      'const @years = $1.getFullYear() - $0.getFullYear();\nconst @before = $1.getMonth() < $0.getMonth() || ($1.getMonth() === $0.getMonth() && $1.getDate() < $0.getDate());\nreturn @before ? @years - 1 : @years;',
    ],
    [[[new Date(2000, 5, 10), new Date(2020, 5, 9)], 19]],
    0.7,
  ),
  f(
    '{weekdayName|dayName|nameOfDay|getWeekday}',
    'day,d,index,n,weekday: number',
    'string',
    ['%R the name of {a|the} {weekday|day of the week}{, where 0 is Sunday|, counted from Sunday as 0|}'],
    [
      "return ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'][$0]«!»;",
      "const @names = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];\nreturn @names[$0]«!»;",
    ],
    [
      [[0], 'Sunday'],
      [[6], 'Saturday'],
    ],
    0.7,
  ),
  f(
    '{quarter|quarterOf|getQuarter}',
    'month',
    'number',
    ['%R the quarter {of|that has} {a|the} month{, both counted from 1| from 1 to 12|}'],
    ['return Math.ceil($0 / 3);', 'return Math.floor(($0 - 1) / 3) + 1;'],
    [
      [[1], 1],
      [[12], 4],
      [[4], 2],
    ],
    0.7,
  ),
  f(
    '{century|centuryOf|toCentury}',
    'year',
    'number',
    ['%R the century of {a|the} year'],
    ['return Math.ceil($0 / 100);'],
    [
      [[1905], 20],
      [[1900], 19],
    ],
    0.6,
  ),
  f(
    '{formatDuration|formatTime|formatMinutes|toClock|formatSeconds|minutesAndSeconds}',
    'sec',
    'string',
    [
      '{Formats|Writes} {a number of seconds|seconds|$0} as {minutes and seconds|m:ss}{, such as 2:05|, for example 1:05|, like 3:07|}',
      '%conv seconds {to|into} a {clock text|time} such as 2:05',
    ],
    [
      "const @minutes = Math.floor($0 / 60);\nconst @rest = $0 % 60;\nreturn `${@minutes}:${String(@rest).padStart(2, '0')}`;",
      "return `${Math.floor($0 / 60)}:${String($0 % 60).padStart(2, '0')}`;",
      "const @minutes = Math.floor($0 / 60);\nconst @rest = ($0 % 60).toString().padStart(2, '0');\nreturn `${@minutes}:${@rest}`;",
    ],
    [
      [[125], '2:05'],
      [[0], '0:00'],
    ],
    1.5,
  ),
  f(
    '{formatTime|toTimeString|formatHms|clock|hms}',
    'sec',
    'string',
    ['{Formats|Writes} {a number of seconds|seconds|$0} as {hours, minutes and seconds|hh:mm:ss|HH:MM:SS}'],
    [
      "const @hours = Math.floor($0 / 3600);\nconst @minutes = Math.floor(($0 % 3600) / 60);\nreturn [@hours, @minutes, $0 % 60].map((@n) => String(@n).padStart(2, '0')).join(':');",
    ],
    [[[3725], '01:02:05']],
    1,
  ),
  f(
    '{formatMinutes|hoursAndMinutes|formatDuration|humanMinutes}',
    'min',
    'string',
    [
      "{Formats|Writes} {a number of minutes|minutes|$0} as hours and minutes{, such as '1h 05m'|, like '2h 30m'|}".replace(
        "'1h 05m'",
        "'1h 5m'",
      ),
    ],
    [
      'return `${Math.floor($0 / 60)}h ${$0 % 60}m`;',
      'const @hours = Math.floor($0 / 60);\nreturn `${@hours}h ${$0 % 60}m`;',
    ],
    [[[65], '1h 5m']],
    1,
  ),
  f(
    '{toClock|formatClock|clockTime|minutesToTime|timeOfDay}',
    'min',
    'string',
    [
      '%conv minutes {since|after} midnight {to|into} {HH:MM|a clock time|hh:mm}',
      '{Formats|Writes} minutes {since|after} midnight as {HH:MM|hh:mm}',
    ],
    [
      "const @hours = Math.floor($0 / 60);\nreturn `${String(@hours).padStart(2, '0')}:${String($0 % 60).padStart(2, '0')}`;",
    ],
    [[[65], '01:05']],
    0.9,
  ),
  f(
    '{parseTime|toMinutes|minutesOf|timeToMinutes|clockToMinutes}',
    'time,clock,text,s,value: string',
    'number',
    [
      '%conv {a time such as 01:30|a clock time HH:MM|HH:MM} {to|into} minutes{ since midnight|}',
      'Parses {a time|a clock time} {like|such as} 2:05 {into|to} minutes',
    ],
    ["const [@hours, @minutes] = $0.split(':').map(Number);\nreturn @hours«!» * 60 + @minutes«!»;"],
    [[['01:30'], 90]],
    1.2,
  ),
  f(
    '{parseDuration|toSeconds|parseClock|durationToSeconds}',
    'time,clock,text,s,duration: string',
    'number',
    [
      '%conv {a duration such as 1:05|m:ss|minutes:seconds} {to|into} seconds',
      'Parses {a duration|a time} {like|such as} 2:05 {into|to} seconds',
    ],
    [
      "const [@minutes, @seconds] = $0.split(':').map(Number);\nreturn @minutes«!» * 60 + @seconds«!»;",
      "return $0.split(':').reduce((@t, @part) => @t * 60 + Number(@part), 0);",
    ],
    [[['2:05'], 125]],
    1,
  ),
];
