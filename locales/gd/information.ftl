# Gaelic: the frame of the pages for the public; their texts are in English. Our own translation: it waits for review by a
# speaker and is unconfirmed.
information-title = Mu na sgrùdaidhean againn
information-lead = Dè th' ann an sgrùdadh, dè thachras cuin, dè dh'fhaighnichear de dhaoine, agus na còraichean aca.
information-none-title = Chan eil duilleag ann fhathast
information-none = Chan eil duilleagan dhan phoball aig prògram sam bith air an làrach seo.
information-for-whom = Cò thu?
information-in-reach = Bruidhinn rinn, no faigh cuideachadh
information-tell-us = Innis rudeigin dhuinn
information-pages-of = Duilleagan dhut
information-contents = Air an duilleag seo
information-in-english = Tha an duilleag seo sa Bheurla. Cha do dh'eadar-theangaich duine i fhathast.
information-changed = Air atharrachadh mu dheireadh air { $day }
information-pdf-made = Tha am PDF air an t-slighe
information-pdf = An duilleag seo mar PDF, le tagaichean do leughadairean-sgrìn
nav-programmes = Mu na sgrùdaidhean againn
