use http::StatusCode;
use onrecord_base::testing::both;

use super::{ALL, PASSWORD, ana, browser, browser_of, sign_in};
use crate::{
    Role, operator,
    testing::{Answer, staff},
};

fn link(answer: &Answer) -> String {
    let (_, rest) = answer.body.split_once("http://localhost:8080/desk/invitations/").expect("a link");
    format!("/desk/invitations/{}", rest.split('"').next().unwrap())
}

#[tokio::test]
async fn mirela_is_invited_and_comes_in() {
    both(ALL, async |app| {
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Publisher).await;
        let form = [("email", "mirela@example.org"), ("role", "reporter")];
        let invited = ana.post("/desk/staff/invitations", &form).await;
        assert!(invited.body.contains("No mail relay is set up"), "{}", invited.body);
        let link = link(&invited);
        assert!(!ana.get("/desk/staff").await.body.contains(&link), "shown once");

        let mut mirela = browser(&app);
        let page = mirela.get(&link).await;
        assert!(page.body.contains("Reporter") && page.body.contains("mirela@example.org"), "{}", page.body);
        let short = mirela.post(&link, &[("name", "Mirela \"M\" Osei"), ("password", "short")]).await;
        assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            short.body.contains("at least 12 characters") && short.body.contains("Mirela &quot;M&quot; Osei"),
            "{}",
            short.body
        );
        let entered = mirela.post(&link, &[("name", "Mirela Osei"), ("password", PASSWORD)]).await;
        assert_eq!(entered.location, "/desk", "{}", entered.body);
        assert!(mirela.get("/desk/account").await.body.contains("mirela@example.org · Reporter"));
        assert_eq!(mirela.get("/desk/staff").await.status, StatusCode::FORBIDDEN);
        assert_eq!(browser(&app).get(&link).await.status, StatusCode::NOT_FOUND, "used");

        let again = ana.post("/desk/staff/invitations", &form).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains("is on the staff already") && again.body.contains(r#"value="mirela@example.org""#));
    })
    .await;
}

#[tokio::test]
async fn an_invitation_runs_out_is_replaced_and_is_taken_back() {
    both(ALL, async |app| {
        let first = operator::invite(&app, "new@example.org", Role::Editor, None).await.unwrap();
        let second = operator::invite(&app, "NEW@example.org", Role::Reporter, None).await.unwrap();
        let path = |link: &str| link.strip_prefix("http://localhost:8080").unwrap().to_owned();
        assert_eq!(browser(&app).get(&path(&first)).await.status, StatusCode::NOT_FOUND, "replaced");
        assert!(browser(&app).get(&path(&second)).await.body.contains("Reporter"));
        app.clock.advance(7 * 86_400_000);
        assert_eq!(browser(&app).get(&path(&second)).await.status, StatusCode::NOT_FOUND, "a week old");

        let mut ana = browser_of(&app, "Ana Ruiz", Role::Owner).await;
        let made = ana.post("/desk/staff/invitations", &[("email", "new@example.org"), ("role", "owner")]).await;
        let (_, rest) = made.body.split_once("/desk/staff/invitations/").unwrap();
        let withdrawal = format!("/desk/staff/invitations/{}", rest.split('"').next().unwrap());
        let mut tomas = browser_of(&app, "Tomas Lind", Role::Publisher).await;
        assert_eq!(tomas.post(&withdrawal, &[]).await.status, StatusCode::FORBIDDEN, "an owner's to decide");
        ana.post(&withdrawal, &[]).await;
        assert!(ana.get("/desk/staff").await.body.contains("The invitation is taken back."));
        assert_eq!(browser(&app).get(&link(&made)).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn nobody_makes_themselves_or_others_more_than_they_may() {
    both(ALL, async |app| {
        let (owner, _) = staff(&app, "Ana Ruiz", Role::Owner).await;
        let (tomas, cookie) = staff(&app, "Tomas Lind", Role::Publisher).await;
        let (mirela, _) = staff(&app, "Mirela Osei", Role::Reporter).await;
        let mut publisher = browser(&app).signed_in(&cookie);
        let role = |id: &str| format!("/desk/staff/{id}/role");
        let refused = [
            (role(&tomas.staff_id), "owner"),
            (role(&mirela.staff_id), "publisher"),
            (role(&owner.staff_id), "reporter"),
            (format!("/desk/staff/{}/deactivation", owner.staff_id), ""),
        ];
        for (path, role) in refused {
            assert_eq!(publisher.post(&path, &[("role", role)]).await.status, StatusCode::FORBIDDEN, "{path} {role}");
        }
        let invited = publisher.post("/desk/staff/invitations", &[("email", "x@example.org"), ("role", "owner")]).await;
        assert_eq!(invited.status, StatusCode::FORBIDDEN);
        assert_eq!(publisher.post(&role("nobody"), &[("role", "editor")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(publisher.post(&role(&mirela.staff_id), &[("role", "king")]).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(publisher.post(&role(&mirela.staff_id), &[("role", "editor")]).await.location, "/desk/staff");
        assert!(publisher.get("/desk/staff").await.body.contains("The role is changed."));
        let mut editor = browser_of(&app, "Ed Itor", Role::Editor).await;
        assert_eq!(editor.post(&role(&mirela.staff_id), &[("role", "reporter")]).await.status, StatusCode::FORBIDDEN);
    })
    .await;
}

#[tokio::test]
async fn a_newsroom_keeps_an_owner() {
    both(ALL, async |app| {
        let ana = ana(&app).await;
        let (mut owner, _) = sign_in(&app, PASSWORD).await;
        let (role, deactivation) =
            (format!("/desk/staff/{}/role", ana.id), format!("/desk/staff/{}/deactivation", ana.id));
        for (path, form) in [(&role, &[("role", "reporter")][..]), (&deactivation, &[])] {
            assert_eq!(owner.post(path, form).await.location, "/desk/staff");
            assert!(owner.get("/desk/staff").await.body.contains("This is the last owner."));
        }
        let (tomas, _) = staff(&app, "Tomas Lind", Role::Owner).await;
        operator::set_active(&app, "tomas.lind@example.org", false).await.unwrap();
        owner.post(&role, &[("role", "reporter")]).await;
        assert!(
            owner.get("/desk/staff").await.body.contains("This is the last owner."),
            "one locked out does not count"
        );
        operator::set_active(&app, "TOMAS.lind@example.org", true).await.unwrap();
        owner.post(&role, &[("role", "reporter")]).await;
        assert_eq!(owner.get("/desk/staff").await.status, StatusCode::FORBIDDEN, "she is a reporter now");
        assert!(operator::set_role(&app, "tomas.lind@example.org", Role::Editor).await.is_err());
        assert_ne!(tomas.staff_id, ana.id);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_locked_out_is_out_at_once() {
    both(ALL, async |app| {
        let mirela = ana(&app).await;
        let (mut browser_of_mirela, _) = sign_in(&app, PASSWORD).await;
        let invitation = browser_of_mirela
            .post("/desk/staff/invitations", &[("email", "friend@example.org"), ("role", "publisher")])
            .await;
        let recovery = operator::reset(&app, "ana.ruiz@example.org").await.unwrap();
        let mut tomas = browser_of(&app, "Tomas Lind", Role::Owner).await;
        tomas.post(&format!("/desk/staff/{}/deactivation", mirela.id), &[]).await;

        let page = tomas.get("/desk/staff").await;
        assert!(
            page.body.contains("The person is locked out.") && page.body.contains("By Tomas Lind"),
            "{}",
            page.body
        );
        assert_eq!(browser_of_mirela.get("/desk/account").await.status, StatusCode::SEE_OTHER, "her session ended");
        assert_eq!(sign_in(&app, PASSWORD).await.1.status, StatusCode::UNPROCESSABLE_ENTITY, "her password is refused");
        let path = recovery.strip_prefix("http://localhost:8080").unwrap();
        assert_eq!(browser(&app).get(path).await.status, StatusCode::NOT_FOUND, "her links are void");
        assert_eq!(browser(&app).get(&link(&invitation)).await.status, StatusCode::NOT_FOUND, "and her invitations");
        assert!(operator::reset(&app, "ana.ruiz@example.org").await.is_err());

        tomas.post(&format!("/desk/staff/{}/reactivation", mirela.id), &[]).await;
        assert_eq!(sign_in(&app, PASSWORD).await.1.location, "/desk");
    })
    .await;
}

#[tokio::test]
async fn the_first_owner_is_checked_like_everybody() {
    both(ALL, async |app| {
        let error = operator::create_owner(&app, "ana", " ", "short").await.unwrap_err();
        let onrecord_base::Error::Invalid(fields) = error else { panic!("{error}") };
        assert_eq!(fields.iter().map(|f| f.field.as_str()).collect::<Vec<_>>(), ["email", "name", "password"]);
        ana(&app).await;
        let twice = operator::create_owner(&app, "ANA.RUIZ@example.org", "Ana", PASSWORD).await.unwrap_err();
        assert!(matches!(twice, onrecord_base::Error::Invalid(fields) if fields[0].message == "accounts-email-taken"));
        assert_eq!(operator::list(&app).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn two_owners_who_unseat_one_another_at_once_leave_one() {
    both(ALL, async |app| {
        staff(&app, "Ana Ruiz", Role::Owner).await;
        staff(&app, "Tomas Lind", Role::Owner).await;
        let (one, other) = tokio::join!(
            operator::set_active(&app, "ana.ruiz@example.org", false),
            operator::set_role(&app, "tomas.lind@example.org", Role::Editor)
        );
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        let left = operator::list(&app).await.unwrap();
        assert_eq!(left.iter().filter(|person| person.role == Role::Owner && person.active()).count(), 1);
    })
    .await;
}
