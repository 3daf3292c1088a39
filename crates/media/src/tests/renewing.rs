use image::ImageFormat;
use onrecord_base::{App, args, changes, jobs, testing::both};

use super::{drawing, encoded};
use crate::{NewPicture, Picture, files, store};

/// A picture as it came before there were WebPs.
async fn old(app: &App, width: u32, height: u32) -> Picture {
    let bytes = encoded(&drawing(width, height), ImageFormat::Png);
    let picture = crate::ingest(app, bytes, NewPicture::default()).await.unwrap();
    let id = picture.id.clone();
    let was = move |conn: &mut onrecord_base::Conn<'_>| {
        conn.execute("DELETE FROM renditions WHERE picture_id = $1 AND format = 'webp'", args![&id])?;
        Ok(store::find(conn, &id)?.unwrap())
    };
    app.db.write(was).await.unwrap()
}

async fn found(app: &App, id: &str) -> Picture {
    let id = id.to_owned();
    app.db.read(move |conn| store::find(conn, &id)).await.unwrap().unwrap()
}

#[tokio::test]
async fn pictures_from_before_there_were_webps_are_shown_and_get_theirs() {
    both(&[], |app| async move {
        let new =
            crate::ingest(&app, encoded(&drawing(90, 60), ImageFormat::Png), NewPicture::default()).await.unwrap();
        let mut olds = Vec::new();
        for width in 700..707 {
            olds.push(old(&app, width, 500).await);
        }
        let shown = olds[0].view();
        assert_eq!((shown.media, shown.srcset.len(), shown.width), ("image/jpeg", 1, 700));
        assert_eq!(shown.src, shown.srcset[0].0);

        // One that is lost, one that is another, and one that cannot be a WebP hold nobody up.
        let original = |picture: &Picture| files::original(&app.data, &picture.sha256, &picture.format);
        let (lost, spoiled) = (&olds[1], &olds[4]);
        std::fs::remove_file(original(lost)).unwrap();
        std::fs::copy(original(&olds[0]), original(spoiled)).unwrap();
        let strip =
            crate::ingest(&app, encoded(&drawing(10, 17_000), ImageFormat::Png), NewPicture::default()).await.unwrap();
        let seen = app.db.read(|conn| changes::since(conn, 0)).await.unwrap().len();

        let mut registry = jobs::Registry::new();
        crate::jobs(&mut registry);
        crate::keep_renewing(&app).await.unwrap();
        for _ in 0..4 {
            for ran in jobs::drain(&app, &registry).await.unwrap() {
                assert_eq!(ran.error, None);
            }
            app.clock.advance(10_000);
        }
        for picture in olds.iter().filter(|picture| ![&lost.id, &spoiled.id].contains(&&picture.id)) {
            let now = found(&app, &picture.id).await;
            assert_eq!(now.view().media, "image/webp");
            assert_eq!(now.view().srcset.len(), 3);
            assert_eq!(now.shared(), picture.shared(), "what others were given stays");
            for made in &now.renditions {
                assert!(files::rendition(&app.data, &made.sha256, made.format).is_file());
            }
        }
        for kept in [lost, spoiled] {
            assert_eq!(found(&app, &kept.id).await.renditions, kept.renditions);
        }
        assert_eq!(found(&app, &strip.id).await, strip);
        assert_eq!(found(&app, &new.id).await, new);
        let told = app.db.read(|conn| changes::since(conn, 0)).await.unwrap();
        assert_eq!(told.len() - seen, 5, "pages that show them are made anew");
    })
    .await;
}

#[tokio::test]
async fn rows_from_before_there_were_formats_are_jpegs() {
    const OLD: &str = include_str!("../../../../migrations/0020_media.sql");
    const NEW: &str = include_str!("../../../../migrations/0022_media_format.sql");
    both(&[], |app| async move {
        let picture = old(&app, 400, 300).await;
        let (before, id) = (picture.clone(), picture.id.clone());
        let (_, renditions) = OLD.split_once("CREATE TABLE renditions").unwrap();
        let renditions = format!("CREATE TABLE renditions{renditions}");
        let migrated = move |conn: &mut onrecord_base::Conn<'_>| {
            conn.batch("DROP TABLE renditions")?;
            conn.batch(&renditions)?;
            for made in &before.renditions {
                let row = args![&before.id, made.width, made.height, &made.sha256];
                conn.execute(
                    "INSERT INTO renditions (picture_id, width, height, sha256) VALUES ($1, $2, $3, $4)",
                    row,
                )?;
            }
            conn.batch(NEW)?;
            store::find(conn, &id)
        };
        assert_eq!(app.db.write(migrated).await.unwrap(), Some(picture));
    })
    .await;
}
