### The public site. English is the reference: every key stands here.

## The frame
site-skip = Skip to the story
site-preview = Preview. This page is not published; only people with this link can see it.
site-tip-label = Tip line
site-tip-send = Send us a tip
site-tip-call = or call
site-tip-short = Send a tip
site-sections = Sections
site-about-this-site = About this site
site-archive = Archive
site-feed = Feed (RSS)
site-and = and

## A story
site-by = By
site-credit = Picture:
site-licence = Licence:
site-updated = Updated
site-not-published = Not published yet
site-reading-minutes = { $minutes ->
    [one] { $minutes } minute to read
   *[other] { $minutes } minutes to read
}
site-corrected = { $count ->
    [one] This story was corrected
   *[other] This story was corrected { $count } times
}
site-corrections-title = Corrections
site-corrections-intro = What we got wrong, and what is right.
site-corrections-none = Nothing has been corrected yet.
site-corrections = { $count ->
    [one] Correction
   *[other] Corrections
}
site-read-in = Also in
site-tags = Topics
site-comments-load = Load comments
site-comments-load-count = Load comments ({ $count })
site-next = Next article
site-next-keep = Keep reading
site-next-stop = Stop here
site-next-feed = Stories, one after another
site-next-more = More to read
site-next-after = After this story

## The front and the lists
site-edition = Latest edition
site-top-stories = Top stories
site-latest = Latest
site-front-empty-title = The first edition is being written
site-front-empty = Nothing has been published here yet. Come back soon.
site-list-empty = Nothing has been published here yet.
site-author = Author
site-tag = Topic
site-pages = Pages
site-newer = Newer stories
site-older = Older stories
site-page-of = Page { $page } of { $pages }

## Pages for when something is missing
site-error-number = Error { $status }
site-error-404-title = There is no page at this address
site-error-404 = The address may be mistyped, or the story may have moved before we kept track. Our front page and the latest stories are a good place to look.
site-error-410-title = This story was taken down
site-error-410 = It stood here once and has been withdrawn. We do not pretend that it never existed.
site-error-500-title = Something broke on our side
site-error-500 = It is not your fault, and it has been written down for the people who can repair it. Please try again in a moment.
site-error-reference = Reference for our technicians: { $reference }
site-to-front = To the front page
site-back-to = Back to: { $title }
