# Arabic: the public pages of surveys and the words of the frame around them. All of it is our own translation, waits for
# review by a speaker and is unconfirmed. Words that people are spoken to with are masculine, as in the programmes' texts.
# Telephone numbers, and values that run from left to right, stand between U+2066 and U+2069, which cannot be seen; values
# that may run either way stand between U+2068 and U+2069. Without them a number with a space is shown back to front.
survey-above = استطلاع مجهول الهوية
survey-language = اللغة
translation-unreviewed = لم يراجع هذه الترجمة بعد شخص يتحدث العربية. إذا لم يكن شيء واضحًا، فانظر إلى الصفحة الإنجليزية.
survey-start = ابدأ
survey-start-about = { $count ->
    [zero] لا توجد أسئلة.
    [one] هناك سؤال واحد.
    [two] هناك سؤالان على الأكثر، الواحد بعد الآخر. يمكنك الرجوع في أي وقت.
    [few] هناك { $count } أسئلة على الأكثر، الواحد بعد الآخر. يمكنك الرجوع في أي وقت.
    [many] هناك { $count } سؤالًا على الأكثر، الواحد بعد الآخر. يمكنك الرجوع في أي وقت.
   *[other] هناك { $count } سؤال على الأكثر، الواحد بعد الآخر. يمكنك الرجوع في أي وقت.
}
survey-paper = على الورق (PDF)
survey-progress = الصفحة { $n } من { $of }
survey-progress-label = إلى أين وصلت
survey-next = التالي
survey-back = رجوع
survey-check-title = راجع إجاباتك
survey-check-lead = لم يُرسل شيء بعد. ما زال بإمكانك تغيير كل شيء.
survey-check-empty = لم تُجب عن أي سؤال.
survey-change = تغيير
survey-change-what = تغيير: ⁨{ $question }⁩
survey-not-answered = بلا إجابة
survey-ask-aloud = اقرأ هذا بصوت عالٍ قبل أن تطرح الأسئلة.
survey-before-sending = قبل أن ترسل
survey-send = أرسل إجاباتي
survey-contact-title = هل تريد أن يتحدث معك أحد؟
survey-contact-hint = فقط إذا أردت. اكتب كيف يمكننا الوصول إليك، مثلًا الاسم الأول ورقم هاتف. يُحفظ هذا منفصلًا عن إجاباتك: لا يستطيع أحد أن يعرف أي الإجابات إجاباتك.
survey-contact-label = كيف نصل إليك
survey-contact-too-long = من فضلك لا تكتب هنا أكثر من هذا العدد من الحروف: { $limit }
survey-code = رمزك
survey-code-hint = اثنا عشر حرفًا ورقمًا مكتوبة على ورقتك. يعمل كل رمز مرة واحدة.
survey-code-shape = اكتب الرمز المكتوب على ورقتك: اثنا عشر حرفًا ورقمًا
survey-code-slip = أحد حروف الرمز غير صحيح. من فضلك انظر إلى ورقتك مرة أخرى
survey-code-used = استُخدم هذا الرمز من قبل، أو هو لاستطلاع آخر. اطلب ورقة جديدة من المكان الذي حصلت فيه على هذه الورقة
survey-thanks = شكرًا لك
survey-thanks-text = حُفظت إجاباتك. لا يستطيع أحد أن يعرف أنها إجاباتك، ولا يمكن تغييرها بعد الآن.
survey-not-open = لم يُفتح هذا الاستطلاع بعد.
survey-closed = أُغلق هذا الاستطلاع في { $at }. شكرًا لك على رغبتك في المشاركة.
survey-just-closed = أُغلق الاستطلاع وأنت تجيب، ولذلك لم تُحفظ إجابتك.
survey-last-minutes = أُغلق هذا الاستطلاع. ولأنك بدأت قبل ذلك، ما زال بإمكانك إرسال إجاباتك حتى { $at }.
survey-wait = تصل إجابات كثيرة جدًا من شبكتك، ولذلك لم تُرسل إجاباتك بعد. لم يُفقد شيء مما كتبته. انتظر { $seconds ->
    [zero] قليلًا
    [one] ثانية واحدة
    [two] ثانيتين
    [few] { $seconds } ثوانٍ
    [many] { $seconds } ثانية
   *[other] { $seconds } ثانية
} ثم اضغط على الزر مرة أخرى.
survey-not-kept = لم نتمكن من حفظ إجاباتك، لأنه لم يبقَ مكان على خادمنا. لم يُفقد شيء مما كتبته. اترك هذه الصفحة مفتوحة، واضغط على الزر مرة أخرى بعد قليل.
survey-read-aloud = قراءة بصوت عالٍ
survey-read-stop = إيقاف القراءة
survey-keep-title = احفظ إجاباتي على هذا الجهاز
survey-keep-hint = عندئذ يمكنك التوقف والمتابعة لاحقًا. قد يراها أي شخص يستخدم هذا الجهاز. تُحذف عندما ترسلها أو بعد سبعة أيام.
survey-kept-found = على هذا الجهاز إجابات لم تُرسل.
survey-kept-go-on = أكمل من حيث توقفت
survey-kept-delete = احذفها
survey-kept-deleted = حُذفت الإجابات.
survey-help-now = مساعدة الآن
answer-type = اكتب هذا بالطريقة المطلوبة
answer-number = اكتب رقمًا
answer-date = اكتب تاريخ اليوم المقصود، مثلًا: اليوم 27، الشهر 3، السنة 2026
answer-constraint = هذا لا يناسب السؤال
answer-not-understood = تغيّر شيء في الصفحة في الطريق. من فضلك انظر إلى هذه الإجابة مرة أخرى
answer-rank = أعطِ كل واحد رقمًا مختلفًا
answer-guidance = المزيد عن هذا السؤال
answer-tick = نعم
answer-no-place = بلا ترتيب
survey-protection = في ⁨{ $area }⁩
survey-protection-child = إذا كان هناك طفل ليس في أمان: ⁦{ $contact }⁩
survey-protection-adult = إذا كان هناك شخص بالغ ليس في أمان: ⁦{ $contact }⁩
answer-range = اكتب رقمًا من ⁦{ $start }⁩ إلى ⁦{ $end }⁩
answer-too-many = العدد الأقصى هنا هو { $limit }
# On paper.
paper-tick-one = ضع علامة في مربع واحد.
paper-tick-several = ضع علامة عند كل ما هو صحيح.
paper-put-in-order = اكتب 1 بجانب الأهم، ثم 2 ثم 3 وهكذا.
paper-tick-to-agree = ضع علامة في المربع إذا كان الأمر كذلك.
paper-write-here = اكتب هنا.
paper-write-number = اكتب رقمًا.
paper-write-date = اكتب اليوم والشهر والسنة.
paper-write-time = اكتب الوقت، من ⁦00:00⁩ إلى ⁦23:59⁩.
paper-hour = الساعة
paper-minute = الدقيقة
paper-please-answer = من فضلك لا تترك هذا السؤال.
paper-if-it-applies = أجب عن هذا إذا كان ينطبق عليك.
paper-copy-for-more = إذا كان هناك المزيد، فاطلب ورقة أخرى.
paper-or = { " " }أو{ " " }
paper-only-if = فقط إذا أجبت «⁨{ $answers }⁩» عن السؤال { $number }.
paper-sheet-number = رقم هذه الورقة
paper-sheet-number-hint = من فضلك اترك هذا فارغًا. نكتبه نحن عندما تعود الورقة.
card-explanation = امسح الرمز بالهاتف، أو اكتب هذا العنوان والرمز. يعمل الرمز مرة واحدة، ولا يستطيع أحد أن يعرف لأي إجابة هو.
card-qr = رمز QR فيه العنوان نفسه
card-sheet-until = مفتوح حتى { $at }
reminder-who = من نسأل
reminder-until = مفتوح حتى
reminder-call = قل رأيك
reminder-explanation = على الهاتف أو الجهاز اللوحي أو الحاسوب. لا حاجة إلى حساب.
reminder-anonymous-title = مجهول الهوية
reminder-anonymous = لا نحفظ اسمًا ولا عنوان جهازك ولا الساعة، بل اليوم فقط. لا تُعرض الأعداد الصغيرة أبدًا.

# The frame of the pages.
product = Keyline
title-problem = مشكلة:
skip-to-content = انتقل إلى المحتوى الرئيسي
exit-page = اترك هذه الصفحة الآن
exit-page-note = يفتح موقعًا آخر مكان هذه الصفحة. الضغط على مفتاح Escape ثلاث مرات يفعل الشيء نفسه. قد يتذكر متصفحك أنك كنت هنا.
nav-person = حسابك
nav-sign-in = تسجيل الدخول
nav-sign-out = تسجيل الخروج
nav-reports = التقارير المنشورة
nav-footer = عن هذا الموقع
nav-public = المناطق والتقارير
nav-about = عن Keyline
nav-help = المساعدة
nav-accessibility = إمكانية الوصول
nav-privacy = الخصوصية
nav-licences = التراخيص
footer-worry = هل أنت قلق على طفل؟ إذا كان أحد في خطر، فاتصل بالرقم ⁦999⁩. يستطيع الأطفال الاتصال بتشايلدلاين (Childline):
error-summary-title = هناك مشكلة

# What can go wrong on the way.
problem-title-not-found = هذه الصفحة ليست هنا
problem-page-not-found = ربما نُقلت، أو في العنوان خطأ، أو هي تخص تفتيشًا ليس مفتوحًا لك.
problem-title-not-now = لا يمكن فعل هذا الآن
problem-page-not-now = لم يحدث بعد شيء يتوقف عليه هذا.
problem-title-forbidden = جاء هذا من موقع آخر
problem-page-forbidden = لحمايتك نقبل الاستمارات من صفحاتنا فقط. افتح الصفحة مرة أخرى وأعد ما فعلته.
problem-title-too-large = هذا كبير جدًا
problem-page-too-large = أرسل ملفًا أصغر، أو قسّمه إلى عدة ملفات.
problem-title-too-many = محاولات كثيرة جدًا
problem-page-too-many = انتظر قليلًا وحاول مرة أخرى. لا يتأخر أحد غيرك بسبب هذا.
problem-title-disk = لم يمكن حفظ أي شيء
problem-page-disk = قرص الخادم ممتلئ.
problem-title-fault = حدث خطأ من جهتنا
problem-page-fault = ما حفظته من قبل في أمان. حاول مرة أخرى؛ وإذا تكرر هذا، فأخبر المسؤول عن الموقع بالرقم أدناه.
problem-typed-title = لم يُفقد ما كتبته
problem-typed = اترك هذه الصفحة مفتوحة، وأرسله مرة أخرى بعد قليل.
problem-typed-send = أرسله مرة أخرى
problem-typed-copy = يمكنك قراءته هنا ونسخه.
problem-title-bad-request = لم يمكن قراءة هذا
problem-page-bad-request = لم يكن الطلب كاملًا. ارجع وحاول مرة أخرى.
fault-number = رقم هذه المشكلة: ⁦{ $number }⁩
disk-full = قرص الخادم ممتلئ، ولذلك لم يُحفظ شيء. أخبر المسؤول عن الموقع.
form-unreadable = لم يمكن قراءة الاستمارة. ارجع وأرسلها مرة أخرى.

# What is wrong with an answer.
problem-date = اكتب اليوم والشهر والسنة بالأرقام، مثلًا: اليوم 23، الشهر 11، السنة 2026
problem-number = اكتب عددًا صحيحًا بلا كسور
answer-missing = أجب عن هذا السؤال
answer-not-offered = اختر واحدة من الإجابات المعروضة
answer-more-than-one = اختر إجابة واحدة فقط
answer-too-long = العدد الأقصى للحروف هو { $limit }، وعدد الحروف الزائدة { $over }

# Words of the controls, and who is asked.
label-optional = ⁨{ $label }⁩ (اختياري)
choose-one = اختر واحدًا
yes = نعم
no = لا
warning = تحذير
date-day = اليوم
date-month = الشهر
date-year = السنة
audience-staff = العاملون مع الأطفال والعائلات
audience-children = الأطفال والشباب
audience-parents = الوالدان ومقدمو الرعاية

# The months have other names in Iraq, Syria and around than in Egypt, Sudan and the Gulf: both stand.
month-january = يناير/كانون الثاني
month-february = فبراير/شباط
month-march = مارس/آذار
month-april = أبريل/نيسان
month-may = مايو/أيار
month-june = يونيو/حزيران
month-july = يوليو/تموز
month-august = أغسطس/آب
month-september = سبتمبر/أيلول
month-october = أكتوبر/تشرين الأول
month-november = نوفمبر/تشرين الثاني
month-december = ديسمبر/كانون الأول
