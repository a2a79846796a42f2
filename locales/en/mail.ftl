# Mails that remind people, and the choice to get none.
mail-subject = { $count ->
    [one] One request of an inspection needs you
   *[other] { $count } requests of an inspection need you
}
mail-hello = Good morning { $name },
mail-lead = this is what inspections wait for today.
mail-why-sent-back = Sent back by the team
mail-why-overdue = Overdue
mail-why-due-soon = Due within a week
mail-item = { $title } (due on { $day })
mail-open = Open the list
mail-stop = You get this mail on working days when there is something to say. You can end it on the page of your account:
account-mail = E-mail
account-mail-explained = On working days at eight in the morning you get one mail with the requests that are due within a week, overdue or sent back. When there is nothing to say, no mail is sent.
account-mail-on = You get the mail
account-mail-off = You get no mail
account-mail-stop = End the mail
account-mail-start = Get the mail
account-mail-none = This installation sends no mail. Your start page shows what is due.
coordinator-no-mail = This installation sends no mail, so nobody is reminded by e-mail.

done-digest-chosen = Your choice is kept.
