//! Passwords, the second factor, throttling, sessions, accounts.

use jiff::SignedDuration;
use keyline_testing::{Browser, TestApp, World};

const PASSWORD: &str = "four fictional words here";

async fn with_password(app: &TestApp, world: &World) -> Browser {
    let lead = app.browser(world.lead).await;
    lead.post("/account/password", &[("new", "short"), ("again", "short")])
        .await
        .unprocessable()
        .says("Use at least 12");
    lead.post("/account/password", &[("new", PASSWORD), ("again", "other words altogether")])
        .await
        .unprocessable()
        .says("differ");
    lead.post("/account/password", &[("new", PASSWORD), ("again", PASSWORD)])
        .await
        .redirects_to("/account?done=password-set");
    lead
}

fn code_for(secret: &str, app: &TestApp) -> String {
    use totp_rs::{Builder, Secret};
    let totp = Builder::new()
        .with_secret(Secret::try_from_base32(secret).expect("a secret"))
        .with_account_name("x")
        .with_issuer(Some("y"))
        .build()
        .expect("a second factor");
    totp.generate(u64::try_from(app.cx.now().as_second()).expect("after 1970")).to_string()
}

#[tokio::test]
async fn a_password_signs_in_and_a_wrong_one_slows_only_its_own_account() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    with_password(&app, &world).await;
    let someone = app.anyone();
    let lead = ("email", "LEAD@fictional.test");
    someone
        .post("/sign-in", &[lead, ("password", "wrong"), ("next", "/start")])
        .await
        .unprocessable()
        .says("do not fit");
    for _ in 0..4 {
        someone.post("/sign-in", &[lead, ("password", "wrong")]).await.unprocessable();
    }
    let held = someone.post("/sign-in", &[lead, ("password", PASSWORD)]).await;
    assert_eq!(held.status, 429);
    assert!(!held.header("retry-after").is_empty());
    // Another account is heard at once, whether it exists or not.
    someone.post("/sign-in", &[("email", "depute@fictional.test"), ("password", "x")]).await.unprocessable();
    someone.post("/sign-in", &[("email", "no-one@fictional.test"), ("password", "x")]).await.unprocessable();
    app.forward(SignedDuration::from_secs(2));
    someone
        .post("/sign-in", &[lead, ("password", PASSWORD), ("next", "//evil.test")])
        .await
        .redirects_to("/start");
    someone.get("/start").await.ok().says("Fictional lead");
}

#[tokio::test]
async fn guesses_that_arrive_together_are_counted_one_by_one() {
    use keyline_operations::access::passwords::{Outcome, sign_in};
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    with_password(&app, &world).await;
    let guess = |password: &'static str| {
        let cx = app.cx.clone();
        tokio::spawn(async move { sign_in(&cx, "lead@fictional.test", password, "").await.unwrap() })
    };
    let guesses: Vec<_> = (0..20).map(|_| guess("not it at all")).collect();
    let mut outcomes = Vec::new();
    for outcome in guesses {
        outcomes.push(outcome.await.unwrap());
    }
    let wrong = outcomes.iter().filter(|o| **o == Outcome::Wrong).count();
    assert_eq!(wrong, 5, "only the free attempts are judged: {outcomes:?}");
    assert!(outcomes.iter().all(|o| matches!(o, Outcome::Wrong | Outcome::Wait(_))));
    assert!(matches!(guess(PASSWORD).await.unwrap(), Outcome::Wait(_)), "the right one comes too late");
    // Nobody else is held up, and the owner of the account is heard when the wait is over.
    let someone = app.anyone();
    someone.post("/sign-in", &[("email", "depute@fictional.test"), ("password", "x")]).await.unprocessable();
    app.forward(SignedDuration::from_secs(2));
    assert!(matches!(guess(PASSWORD).await.unwrap(), Outcome::SignedIn(_)));
}

#[tokio::test]
async fn one_address_cannot_try_account_after_account() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    with_password(&app, &world).await;
    let here = app.anyone().at("203.0.113.7");
    for n in 0..60 {
        let email = format!("nobody-{n}@fictional.test");
        // Links and passwords share the allowance.
        if n % 2 == 0 {
            here.post("/sign-in/link/not-a-link", &[]).await.not_found();
        } else {
            here.post("/sign-in", &[("email", &email), ("password", "")]).await.unprocessable();
        }
    }
    let lead = [("email", "lead@fictional.test"), ("password", PASSWORD)];
    let held = here.post("/sign-in", &lead).await;
    assert_eq!((held.status.as_u16(), held.header("retry-after")), (429, "3"));
    held.says("Too many attempts from your network").hides(PASSWORD);
    let held = here.post("/sign-in/link/not-a-link", &[]).await;
    assert_eq!((held.status.as_u16(), held.header("retry-after")), (429, "3"));
    app.anyone().at("203.0.113.8").post("/sign-in", &lead).await.redirects_to("/start");
    app.forward(SignedDuration::from_secs(3));
    here.post("/sign-in", &lead).await.redirects_to("/start");
}

#[tokio::test]
async fn the_second_factor_is_asked_for_and_a_code_is_used_once() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let lead = with_password(&app, &world).await;
    let page = lead.get("/account/second-factor").await.ok();
    let secret = page.attribute("input[name=secret]", "value").unwrap();
    lead.post("/account/second-factor", &[("secret", &secret), ("code", "000000")])
        .await
        .unprocessable()
        .says("This code is not right");
    let code = code_for(&secret, &app);
    lead.post("/account/second-factor", &[("secret", &secret), ("code", &code)])
        .await
        .redirects_to("/account?done=second-factor-on");
    let someone = app.anyone();
    let typed = [("email", "lead@fictional.test"), ("password", PASSWORD), ("next", "/start")];
    someone.post("/sign-in", &typed).await.redirects_to("/sign-in/code");
    someone.get("/start").await.redirects_to("/sign-in");
    someone.post("/sign-in/code", &[("code", &code)]).await.unprocessable();
    app.forward(SignedDuration::from_secs(60));
    someone.post("/sign-in/code", &[("code", &code_for(&secret, &app))]).await.redirects_to("/start");
    someone.get("/start").await.ok();
    // The secret does not lie open in the database.
    let account =
        keyline_store::people::find(&mut app.cx.read().await.unwrap(), world.lead).await.unwrap().unwrap();
    assert!(!String::from_utf8_lossy(&account.totp_sealed.unwrap()).contains(&secret));
}

#[tokio::test]
async fn sessions_are_listed_and_ended_and_run_out() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let here = app.browser(world.lead).await;
    let there = app.browser(world.lead).await;
    let page = here.get("/account").await.ok().says("This one");
    let other = page.attribute("form[action='/account/sessions/end'] input[name=session]", "value").unwrap();
    app.browser(world.depute).await.post("/account/sessions/end", &[("session", &other)]).await.not_found();
    there.get("/start").await.ok();
    here.post("/account/sessions/end", &[("session", &other)]).await.redirects_to("/account");
    there.get("/start").await.redirects_to("/sign-in");
    app.forward(SignedDuration::from_hours(13));
    here.get("/start").await.redirects_to("/sign-in");
}

#[tokio::test]
async fn an_administrator_makes_and_disables_accounts_and_nobody_else() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let admin = app.browser(world.administrator).await;
    let new = [
        ("email", "new@fictional.test"),
        ("name", "New"),
        ("designation", "Inspector"),
        ("organisation", "Body"),
    ];
    let made = admin.post("/accounts", &new).await.ok();
    let link = made.all("code.kl_secret").pop().unwrap();
    let fresh = app.anyone();
    fresh.post(link.strip_prefix("http://keyline.test").unwrap(), &[]).await.redirects_to("/start");
    fresh.get("/start").await.ok().says("Nothing needs you");
    admin.post("/accounts", &new).await.unprocessable().says("There is an account with this address");
    let person =
        keyline_store::people::find_by_email(&mut app.cx.read().await.unwrap(), "new@fictional.test")
            .await
            .unwrap()
            .unwrap();
    let id = person.id.to_string();
    app.browser(world.lead)
        .await
        .post("/accounts/enabled", &[("person", &id), ("enabled", "no")])
        .await
        .not_found();
    admin.post("/accounts/enabled", &[("person", &id), ("enabled", "no")]).await.redirects_to("/accounts");
    fresh.get("/start").await.redirects_to("/sign-in");
    let own = world.administrator.to_string();
    admin
        .post("/accounts/enabled", &[("person", &own), ("enabled", "no")])
        .await
        .unprocessable()
        .says("You cannot disable your own account");
}
