# Gaelic: the public pages of surveys and the words of the frame around them. All of it is our own translation, waits for
# review by a speaker and is unconfirmed. Children, parents and staff read the same words, so everybody is "thu".
# Where 1 stands beside "one" it is because "one" holds for 11 too; "two" holds for 12, "few" up to 10 and from 13 to 19.
survey-above = Suirbhidh gun urra
survey-language = Cànan
translation-unreviewed = Cha deach an t-eadar-theangachadh seo a sgrùdadh le neach-labhairt fhathast. Mura h-eil rudeigin soilleir, thoir sùil air an duilleag Bheurla.
survey-start = Tòisich
survey-start-about = { $count ->
    [1] Tha aon cheist ann.
    [one] Tha suas ri { $count } cheist ann, tè às dèidh tè. Faodaidh tu a dhol air ais uair sam bith.
    [two] Tha suas ri { $count } cheist ann, tè às dèidh tè. Faodaidh tu a dhol air ais uair sam bith.
    [few] Tha suas ri { $count } ceistean ann, tè às dèidh tè. Faodaidh tu a dhol air ais uair sam bith.
   *[other] Tha suas ri { $count } ceist ann, tè às dèidh tè. Faodaidh tu a dhol air ais uair sam bith.
}
survey-paper = Air pàipear (PDF)
survey-progress = Duilleag { $n } à { $of }
survey-progress-label = Dè cho fada 's a tha thu air tighinn
survey-next = Air adhart
survey-back = Air ais
survey-check-title = Thoir sùil air na freagairtean agad
survey-check-lead = Cha deach dad a chur thugainn fhathast. Faodaidh tu a h-uile rud atharrachadh fhathast.
survey-check-empty = Cha do fhreagair thu ceist sam bith.
survey-change = Atharraich
survey-change-what = Atharraich: { $question }
survey-not-answered = Gun fhreagairt
survey-ask-aloud = Leugh seo a-mach mus fhaighnich thu na ceistean.
survey-before-sending = Mus cuir thu thugainn iad
survey-send = Cuir na freagairtean agam
survey-contact-title = Am bu toil leat gum bruidhneadh cuideigin riut?
survey-contact-hint = Ma thogras tu fhèin a-mhàin. Sgrìobh ciamar a gheibh sinn grèim ort, mar eisimpleir ciad ainm agus àireamh fòn. Thèid a chumail air leth bho na freagairtean agad: chan fhaic duine cò na freagairtean a tha leatsa.
survey-contact-label = Ciamar a gheibh sinn grèim ort
survey-contact-too-long = Na sgrìobh barrachd air { $limit } litir an seo
survey-code = An còd agad
survey-code-hint = An dusan litir is àireamh a tha air an duilleig agad. Obraichidh gach còd aon turas.
survey-code-shape = Sgrìobh an còd a tha air an duilleig agad: dusan litir is àireamh
survey-code-slip = Tha aon litir sa chòd ceàrr. Thoir sùil eile air an duilleig agad
survey-code-used = Chaidh an còd seo a chleachdadh mar-thà, no buinidh e do shuirbhidh eile. Iarr duilleag ùr far an d' fhuair thu an tè seo
survey-thanks = Tapadh leat
survey-thanks-text = Tha na freagairtean agad air an cumail. Chan urrainn do dhuine innse gur ann leatsa a tha iad, agus cha ghabh an atharrachadh tuilleadh.
survey-not-open = Chan eil an suirbhidh seo air fosgladh fhathast.
survey-closed = Dhùin an suirbhidh seo air { $at }. Tapadh leat airson a bhith deònach pàirt a ghabhail.
survey-just-closed = Dhùin an suirbhidh fhad 's a bha thu a' freagairt, agus mar sin cha deach an fhreagairt agad a chumail.
survey-last-minutes = Tha an suirbhidh seo air dùnadh. A chionn 's gun do thòisich thu roimhe sin, faodaidh tu na freagairtean agad a chur thugainn fhathast gu { $at }.
survey-wait = Tha glè mhòran fhreagairtean a' tighinn bhon lìonra agad, agus mar sin cha deach an fheadhainn agadsa a chur fhathast. Chan eil dad a sgrìobh thu air chall. Fuirich { $seconds ->
    [1] aon diog
    [one] { $seconds } diog
    [two] { $seconds } dhiog
    [few] { $seconds } diogan
   *[other] { $seconds } diog
} agus brùth am putan a-rithist.
survey-not-kept = Cha b' urrainn dhuinn na freagairtean agad a shàbhaladh, oir chan eil àite air fhàgail air an fhrithealaiche againn. Chan eil dad a sgrìobh thu air chall. Fàg an duilleag seo fosgailte, agus brùth am putan a-rithist an ceann greis.
survey-read-aloud = Leugh a-mach
survey-read-stop = Stad an leughadh
survey-keep-title = Cùm na freagairtean agam air an uidheam seo
survey-keep-hint = An uair sin faodaidh tu stad agus leantainn ort a-rithist. Chitheadh duine sam bith a chleachdas an t-uidheam seo iad. Thèid an sguabadh às nuair a chuireas tu thugainn iad, no às dèidh seachd latha.
survey-kept-found = Tha freagairtean air an uidheam seo nach deach a chur.
survey-kept-go-on = Lean air adhart far an do stad mi
survey-kept-delete = Sguab às iad
survey-kept-deleted = Tha iad air an sguabadh às.
survey-help-now = Cuideachadh an-dràsta
answer-type = Sgrìobh seo san dòigh a thathar ag iarraidh
answer-number = Sgrìobh àireamh
answer-date = Sgrìobh latha, mar eisimpleir 27 3 2026
answer-constraint = Chan eil seo a' freagairt air a' cheist
answer-not-understood = Chaidh rudeigin san duilleig atharrachadh air an t-slighe. Thoir sùil eile air an fhreagairt seo
answer-rank = Thoir àireamh eadar-dhealaichte do gach fear
answer-guidance = Barrachd mun cheist seo
answer-tick = Seadh
answer-no-place = Gun àite
survey-protection = Ann an { $area }
survey-protection-child = Mura h-eil leanabh sàbhailte: { $contact }
survey-protection-adult = Mura h-eil inbheach sàbhailte: { $contact }
answer-range = Sgrìobh àireamh bho { $start } gu { $end }
answer-too-many = Chan fhaod barrachd air { $limit } a bhith ann
# On paper.
paper-tick-one = Cuir comharra ann an aon bhogsa.
paper-tick-several = Cuir comharra ris a h-uile fear a tha fìor.
paper-put-in-order = Sgrìobh 1 ri taobh an fhir as cudromaiche, an uair sin 2, 3 is mar sin air adhart.
paper-tick-to-agree = Cuir comharra sa bhogsa mas ann mar sin a tha e.
paper-write-here = Sgrìobh an seo.
paper-write-number = Sgrìobh àireamh.
paper-write-date = Sgrìobh an latha, am mìos agus a' bhliadhna.
paper-write-time = Sgrìobh an uair, bho 00:00 gu 23:59.
paper-hour = Uair
paper-minute = Mionaid
paper-please-answer = Na fàg an tè seo gun fhreagairt, mas e do thoil e.
paper-if-it-applies = Freagair seo ma tha e a' buntainn riut.
paper-copy-for-more = Ma tha barrachd ann, iarr duilleag eile.
paper-or = { " " }no{ " " }
paper-only-if = A-mhàin ma fhreagair thu “{ $answers }” do cheist { $number }.
paper-sheet-number = Àireamh na duilleige seo
paper-sheet-number-hint = Fàg seo bàn. Sgrìobhaidh sinne i nuair a thig an duilleag air ais.
card-explanation = Sgan seo, no sgrìobh a-steach an seòladh agus an còd. Obraichidh an còd aon turas, agus chan urrainn do dhuine innse dè an fhreagairt ris a bheil e a' buntainn.
card-qr = Còd QR leis an aon seòladh
card-sheet-until = Fosgailte gu { $at }
reminder-who = Cò dha
reminder-until = Fosgailte gu
reminder-call = Thoir seachad do bheachd
reminder-explanation = Air fòn, tablaid no coimpiutair. Chan eil feum air cunntas.
reminder-anonymous-title = Gun urra
reminder-anonymous = Cha chùm sinn ainm, seòladh an uidheim agad no an uair, dìreach an latha. Cha tèid àireamhan beaga a shealltainn uair sam bith.

# The frame of the pages.
title-problem = Duilgheadas:
skip-to-content = Leum gun phrìomh shusbaint
exit-page = Fàg an duilleag seo a-nis
exit-page-note = Fosglaidh seo làrach eile an àite na duilleige seo. Ma bhrùthas tu Escape trì tursan, tachraidh an aon rud. Dh'fhaodadh gum bi cuimhne aig a' bhrabhsair agad fhathast gun robh thu an seo.
nav-person = An cunntas agad
nav-reports = Aithisgean foillsichte
nav-footer = Mun làrach seo
nav-public = Sgìrean is aithisgean
nav-accessibility = So-ruigsinneachd
nav-licences = Ceadachasan
footer-worry = A bheil thu fo iomagain mu leanabh? Ma tha cuideigin ann an cunnart, cuir fòn gu 999. Faodaidh clann fòn a chur gu Childline:
error-summary-title = Tha duilgheadas ann

# What can go wrong on the way.
problem-title-not-found = Chan eil an duilleag seo an seo
problem-page-not-found = Dh'fhaodadh gun deach a gluasad, gu bheil mearachd san t-seòladh, no gu bheil i a' buntainn ri sgrùdadh nach eil fosgailte dhut.
problem-title-not-now = Cha ghabh seo a dhèanamh an-dràsta
problem-page-not-now = Tha e an urra ri rudeigin nach do thachair fhathast.
problem-title-forbidden = Thàinig seo bho làrach eile
problem-page-forbidden = Gus do dhìon, cha ghabh sinn ri foirmean ach bho na duilleagan againn fhìn. Fosgail an duilleag a-rithist agus feuch ris a-rithist.
problem-title-too-large = Tha seo ro mhòr
problem-page-too-large = Cuir faidhle nas lugha, no roinn e ann an grunn fhaidhlichean.
problem-title-too-many = Cus oidhirpean
problem-page-too-many = Fuirich beagan agus feuch ris a-rithist. Chan eil seo a' cur maill air duine eile.
problem-title-disk = Cha ghabhadh dad a shàbhaladh
problem-page-disk = Tha diosg an fhrithealaiche làn.
problem-title-fault = Chaidh rudeigin ceàrr air an taobh againne
problem-page-fault = Tha na shàbhail thu roimhe tèarainte. Feuch ris a-rithist; ma thachras e a-rithist, innis an àireamh gu h-ìosal dhan rianaire.
problem-typed-title = Chan eil na sgrìobh thu air chall
problem-typed = Fàg an duilleag seo fosgailte, agus cuir a-rithist e an ceann greis.
problem-typed-send = Cuir a-rithist e
problem-typed-copy = Faodaidh tu a leughadh an seo, agus lethbhreac a dhèanamh dheth.
problem-title-bad-request = Cha ghabhadh seo a leughadh
problem-page-bad-request = Cha robh an t-iarrtas slàn. Till air ais agus feuch ris a-rithist.
fault-number = Àireamh an duilgheadais seo: { $number }
disk-full = Tha diosg an fhrithealaiche làn, agus mar sin cha deach dad a shàbhaladh. Innis dhan rianaire.
form-unreadable = Cha ghabhadh am foirm a leughadh. Till air ais agus cuir a-rithist e.

# What is wrong with an answer.
problem-date = Sgrìobh latha, mìos is bliadhna ann an àireamhan, mar eisimpleir 23 11 2026
problem-number = Sgrìobh àireamh shlàn
answer-missing = Freagair a' cheist seo
answer-not-offered = Tagh tè de na freagairtean a tha ri fhaighinn
answer-more-than-one = Na tagh ach aon fhreagairt
answer-too-long = Na sgrìobh barrachd air { $limit } caractar; tha { $over } a bharrachd air sin an seo

# Words of the controls, and who is asked.
label-optional = { $label } (roghainneil)
choose-one = Tagh aon
yes = Tha
no = Chan eil
warning = Rabhadh
audience-staff = luchd-obrach a bhios ag obair le clann is teaghlaichean
audience-children = clann is daoine òga
audience-parents = pàrantan is luchd-cùraim
