### Dates on the public site. The years and days come as text.

site-month-1 = January
site-month-2 = February
site-month-3 = March
site-month-4 = April
site-month-5 = May
site-month-6 = June
site-month-7 = July
site-month-8 = August
site-month-9 = September
site-month-10 = October
site-month-11 = November
site-month-12 = December
site-date-day = { $day } { $month } { $year }
site-date-time = { $day } { $month } { $year }, { $time }
site-date-month = { $month } { $year }
