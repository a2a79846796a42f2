//! Every route as every role, in the own and in a foreign inspection. A new route without a gate does not compile;
//! one that lets through more than its gate says fails here.

use axum::http::{Method, StatusCode};
use keyline_domain::access::{Action, permits};
use keyline_testing::{TestApp, World};
use keyline_web::frame::{Gate, Spec};

// Parameters that stand for things which are not there: a route that is let through may say "not found" for them,
// or that the form is wrong, but never that somebody else's thing was done.
fn path(spec: &Spec, reference: &str) -> String {
    spec.path
        .split('/')
        .map(|part| match part {
            "{inspection}" => reference.to_owned(),
            p if p.starts_with('{') => "none-such".to_owned(),
            p => p.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("/")
}

fn shut_out(status: StatusCode, location: &str) -> bool {
    status == StatusCode::NOT_FOUND || (status.is_redirection() && location.starts_with("/sign-in"))
}

#[tokio::test]
async fn the_public_and_strangers_are_shut_out_of_every_gate() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let other = World::in_area(&app, "fife", "other-").await;
    let anyone = app.anyone();
    for spec in app.routes() {
        if spec.gate == Gate::Public {
            continue;
        }
        let answer = anyone.send(spec.method.clone(), &path(&spec, &world.reference), None, Vec::new()).await;
        if spec.gate == Gate::Device {
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "public passes {spec:?}");
            continue;
        }
        assert!(shut_out(answer.status, &answer.location()), "public passes {spec:?}: {}", answer.status);
    }
    // Each role of another inspection, and the administrator, against every route of this one.
    let mut strangers: Vec<_> = other.everybody().into_iter().map(|(role, p)| (role.word(), p)).collect();
    strangers.push(("administrator", world.administrator));
    strangers.push(("nobody", world.stranger));
    for (who, person) in strangers {
        let browser = app.browser(person).await;
        for spec in app.routes() {
            let Gate::Inspection(_) = spec.gate else { continue };
            let answer =
                browser.send(spec.method.clone(), &path(&spec, &world.reference), None, Vec::new()).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{who} of elsewhere passes {spec:?}");
        }
    }
}

#[tokio::test]
async fn a_route_lets_through_whom_the_policy_permits_and_nobody_else() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    for (role, person) in world.everybody() {
        let browser = app.browser(person).await;
        for spec in app.routes() {
            let Gate::Inspection(action) = spec.gate else { continue };
            if spec.method == Method::POST && action == Action::DeclareInterest {
                continue;
            }
            let answer =
                browser.send(spec.method.clone(), &path(&spec, &world.reference), None, Vec::new()).await;
            if permits(role, action) {
                assert_ne!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{role} at {spec:?}");
            } else {
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{role} passes {spec:?}");
            }
        }
    }
}

#[tokio::test]
async fn only_administrators_pass_their_gate() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let lead = app.browser(world.lead).await;
    for spec in app.routes().into_iter().filter(|s| s.gate == Gate::Administrator) {
        let answer = lead.send(spec.method.clone(), &path(&spec, &world.reference), None, Vec::new()).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "a lead passes {spec:?}");
    }
}
