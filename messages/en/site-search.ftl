### Search on the public site.

site-search = Search
site-search-title = Search
site-search-title-for = Search: { $words }
site-search-title-of = Search { $name }
site-search-label = Words, names, or a “phrase in quotation marks”
site-search-button = Search
site-search-hint = A minus before a word leaves out what has it.
site-search-more = More options
site-search-any = Any
site-search-kind = What
site-search-section = Section
site-search-author = Author
site-search-person = Who is quoted
site-search-said-by = Said by
site-search-from = From
site-search-to = Until
site-search-sort = Order
site-search-sort-best = Best match first
site-search-sort-newest = Newest first

## Kinds, and one of each
site-search-kind-story = Stories
site-search-kind-page = Pages
site-search-kind-quotation = Quotations
site-search-kind-person = People
site-search-one-story = Story
site-search-one-page = Page
site-search-one-quotation = Quotation
site-search-one-person = On the record
site-search-one-section = Section

## What was found
site-search-results = Results
site-search-count = { $count ->
    [one] One result
   *[other] { $count } results
}
site-search-about = About { $count } results
site-search-cut = This question takes long: the newest part was looked through. More words find more exactly.
site-search-in = In:
site-search-previous = Previous results
site-search-next = More results
site-search-active = Narrowed to
site-search-remove = Remove:
site-search-narrow = Narrow it down
site-search-by-kind = What
site-search-by-section = Section
site-search-by-author = Author
site-search-by-person = Who is quoted
site-search-by-year = Year

## What was not
site-search-empty = Everything we have published can be found here: stories, people, and what they said. Or look around:
site-search-none = Nothing was found.
site-search-missing = Nothing we have published has “{ $word }”.
site-search-instead = Nothing we have published has “{ $word }”; these have words that are written nearly so.
site-search-unknown = We know nothing called “{ $word }”.
site-search-which = “{ $word }” is part of these names:
site-search-meant = Did you mean:
site-search-other-unfiltered = Look everywhere
site-search-other-unphrased = Without the quotation marks
site-search-other-without = Without “{ $word }”
site-search-away = Search is being made ready. Please try again in a moment.

## While one types
site-search-suggestions = Suggestions
site-search-suggestions-none = No suggestions
site-search-suggestions-some = Suggestions are below: arrow keys choose.
