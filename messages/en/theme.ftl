### The theme at the desk.

theme-title = Theme
theme-sub = How the public pages look: templates and styles that you may replace file by file.
theme-good = The theme is in order.
theme-broken = The theme is broken. Readers still see the last good one.
theme-problem = What is wrong
theme-found = Found
theme-files = Your files
theme-files-hint = A file in this folder takes the place of the built-in one of the same name. “onrecord theme copy” puts a built-in file there, to be changed:
theme-none = There is none: the built-in theme is in use.
theme-memory = Public pages in memory: { $pages }, { $kilobytes } kB.
