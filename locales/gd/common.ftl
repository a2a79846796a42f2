# Gaelic. Waits for review by a speaker: unconfirmed.
product = Keyline
month-january = Am Faoilleach
month-february = An Gearran
month-march = Am Màrt
month-april = An Giblean
month-may = An Cèitean
month-june = An t-Ògmhios
month-july = An t-Iuchar
month-august = An Lùnastal
month-september = An t-Sultain
month-october = An Dàmhair
month-november = An t-Samhain
month-december = An Dùbhlachd
