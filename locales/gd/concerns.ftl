# Gaelic: whom to call, on every public page. Our own translation: it waits for review by a speaker and is unconfirmed.
nav-tell-us = Innis dhan sgioba sgrùdaidh
help-line-danger = Ma tha cuideigin ann an cunnart an-dràsta, cuir fòn gu
help-line-child = Faodaidh clann is daoine òga fòn a chur gu Childline uair sam bith, an-asgaidh:
help-line-council = Ma tha dragh ort mu shàbhailteachd leanaibh no inbhich, cuir fios gu comhairle na sgìre agus iarr dìon chloinne no dìon inbheach.
help-line-area = Cò gus am cuir thu fòn ann an { $area }:
new-tab = (fosglaidh ann an taba ùr)
