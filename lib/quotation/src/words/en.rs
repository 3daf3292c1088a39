//! English word classes.

use super::*;

/// Words by class.
pub(super) const CLASSES: &[(Bits, &str)] = &[
    (
        DET,
        "the a an this that these those some any no every each both all many most several few another other such one two three four five six seven eight nine ten",
    ),
    (POSS, "his her their its my our your whose"),
    (
        PREP,
        "of in on at by for from with to into onto about against among around before after behind between during over under through toward towards upon within without near since until till like unlike via per amid amidst amongst across along beyond despite except inside outside off up down out above below beneath beside besides regarding concerning following versus aboard throughout",
    ),
    (CONJ, "and or but nor yet & plus"),
    (
        SUB,
        "that because if when while as after before since although though unless until whether once whereas so than where why how lest whenever wherever",
    ),
    (
        AUX,
        "is are was were be been being am has have had having do does did will would can could may might must shall should ought isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't cannot couldn't shouldn't mustn't i'm he's she's it's they're we're you're i've they've we've you've he'd she'd they'd i'd we'd he'll she'll they'll i'll we'll ca n't 've 'll 'd 're 'm n't",
    ),
    (
        ADV,
        "also then later again still now just even only once twice recently repeatedly previously already never always often sometimes soon earlier too instead first next finally both further long since publicly famously reportedly thus therefore however meanwhile moreover nevertheless nonetheless perhaps maybe indeed there here not simply really actually almost else ever quite rather very much more less most least well back away together apart ago",
    ),
    (HE, "he him himself his"),
    (SHE, "she herself"),
    (SHE, "her"),
    (THEY, "they them themselves their"),
    (I_WE, "i we me us you myself ourselves yourself"),
    (IT, "it itself"),
    (REL, "who which whom whose"),
    (WH, "what which who whom whose when where why how"),
    (TITLE | TITLE_M, "mr. mr messrs. sir lord herr king prince duke father brother congressman chairman"),
    (
        TITLE | TITLE_F,
        "mrs. mrs ms. ms miss lady dame madame frau queen princess duchess sister congresswoman chairwoman mme.",
    ),
    (
        TITLE,
        "mx. dr. dr prof. prof professor sen. sen sens. senator senators rep. reps. rep representative representatives gov. govs. gov governor governors president vice-president vice secretary sec. attorney general gen. gen col. colonel lt. lieutenant capt. captain maj. major sgt. sergeant adm. admiral cmdr. commander judge justice chief rev. reverend pastor pope cardinal bishop archbishop rabbi imam mayor councilman councilwoman councilmember assemblyman assemblywoman delegate commissioner sheriff deputy officer detective inspector ambassador minister chancellor premier speaker chair superintendent coach prime st. hon. master councillor councilor count countess baron baroness viscount earl marquis sultan emir sheikh alderman selectman ombudsman archduke squire",
    ),
    (
        ABBR,
        "mr. mrs. ms. mx. dr. prof. sen. sens. rep. reps. gov. govs. gen. col. lt. capt. maj. sgt. adm. cmdr. rev. st. hon. jr. sr. inc. ltd. co. corp. bros. u.s. u.n. u.k. d.c. ph.d. m.d. a.m. p.m. no. vs. etc. e.g. i.e. jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec. ala. ariz. ark. calif. colo. conn. del. fla. ga. ill. ind. kan. ky. la. md. mass. mich. minn. miss. mo. mont. neb. nev. n.h. n.j. n.m. n.y. n.c. n.d. okla. ore. pa. r.i. s.c. s.d. tenn. tex. vt. va. wash. w.va. wis. wyo. ave. blvd. rd. sec. atty. dist. supt. mme. messrs. approx. est. dept. gov't. mt. ft. v. al. l.a. cf. ca.",
    ),
    (
        ROLE,
        "spokesman spokeswoman spokesperson spokespeople director manager president chairman chairwoman chair chief executive officer official aide adviser advisor consultant strategist analyst expert professor scholar scientist researcher economist historian lawyer attorney prosecutor judge justice counsel lawmaker senator congressman congresswoman representative governor mayor minister secretary ambassador diplomat candidate nominee leader organizer activist advocate supporter opponent critic voter donor delegate reporter journalist editor columnist writer author blogger commentator host anchor pundit pollster producer actor actress singer musician rapper comedian artist filmmaker athlete player coach teacher student principal superintendent doctor physician nurse psychologist pastor priest rabbi bishop farmer worker employee owner founder co-founder investor banker trader businessman businesswoman entrepreneur developer engineer programmer veteran soldier general commander captain lieutenant sergeant officer sheriff detective investigator agent firefighter resident neighbor witness victim survivor suspect defendant plaintiff mother father son daughter wife husband brother sister uncle aunt cousin grandmother grandfather friend colleague partner rival boss volunteer member man woman boy girl kid child parent immigrant refugee citizen person someone somebody anyone everybody everyone nobody participant attendee guest source insider observer operative staffer staff speaker moderator interviewer chancellor premier king queen prince princess pope widow girlfriend boyfriend fiance fiancee ceo cfo coo retiree mogul billionaire magnate tycoon frontrunner front-runner hopeful incumbent democrat republican independent conservative liberal libertarian socialist vice-president chairperson treasurer clerk commissioner councilman councilwoman assemblyman assemblywoman trustee fellow surrogate operator driver pilot passenger customer client shopper patient tenant landlord contractor translator interpreter narrator landlady servant gentleman lady fellow stranger sailor doctor squire butler maid cook captain",
    ),
    (
        ROLE | PLURAL_ROLE,
        "officials aides advisers advisors experts analysts lawmakers senators leaders critics supporters opponents voters donors delegates reporters journalists people men women democrats republicans conservatives liberals activists advocates researchers scientists economists scholars historians prosecutors investigators police authorities lawyers attorneys doctors workers employees residents neighbors witnesses friends colleagues members parents children students teachers sources others pundits pollsters strategists observers operatives staffers insiders protesters demonstrators immigrants fans executives editors authors politicians governors mayors judges justices democrats families veterans many some allies backers organizers spokesmen representatives commentators detractors skeptics respondents guests hosts artists",
    ),
    (
        FEM,
        "spokeswoman congresswoman chairwoman councilwoman assemblywoman businesswoman mother daughter wife sister aunt grandmother actress woman girl queen princess widow girlfriend fiancee lady waitress hostess saleswoman policewoman heiress mrs. ms. miss mom niece landlady maid madam",
    ),
    (
        MASC,
        "spokesman congressman chairman councilman assemblyman businessman father son husband brother uncle grandfather man boy king prince widower boyfriend fiance gentleman waiter salesman policeman mr. sir dad nephew squire rapper",
    ),
    (
        TIME,
        "today yesterday tomorrow tonight morning afternoon evening night noon midnight week month year weekend last next ago monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays mon. tues. wed. thurs. fri. sat. sun. days weeks months years hours minutes spring summer fall autumn winter",
    ),
    (WEEKDAY, "monday tuesday wednesday thursday friday saturday sunday mon. tues. wed. thurs. fri. sat. sun."),
    (
        MONTH | TIME,
        "january february march april may june july august september october november december jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec.",
    ),
    (
        NOUN_CUE,
        "statement statements comment comments remark remarks quote quotes words word tweet tweets post posts letter letters email emails e-mail e-mails memo message messages text texts interview interviews speech speeches question questions answer reply response call calls claim claims argument warning promise pledge vow assertion suggestion declaration description criticism accusation allegation charge slogan chant chants mantra refrain headline report op-ed editorial column note caption sign signs banner ruling opinion verdict testimony transcript advice joke motto complaint demand lament dictum catchphrase admission notes tirade rant aside riff quip",
    ),
    (
        ORG,
        "department bank university house board office bureau center centre institute committee council association chamber federation ministry party league society foundation agency administration commission court college school union group company corporation firm campaign team government senate congress church hospital police army navy club network alliance coalition caucus assembly parliament cabinet conference organization fund embassy service services authority division staff secretary director president speaker chairman governor mayor bishop archbishop prime times post journal news magazine press street avenue road county state city isis watch force forces guard",
    ),
    (
        GROUP,
        "department bank university board office bureau center institute committee council association party foundation agency administration commission court union group company corporation firm campaign team government senate congress network coalition caucus organization times post journal newspaper paper magazine website site report study survey poll ad advertisement commercial video film book letter email memo document documents complaint lawsuit filing indictment ruling law bill resolution platform article editorial story headline column op-ed statement release narrator voice-over chant crowd audience camp pac super-pac",
    ),
    (
        WORK,
        "titled entitled song album film movie book novel show series episode play musical podcast program programme documentary sitcom memoir anthem hit single poem painting essay magazine newspaper sketch ballad track tune drama comedy exhibit exhibition exhibitions game edition section broadcast soundtrack videogame",
    ),
    (ALIAS, "nicknamed dubbed called named known nickname"),
    (
        SO_CALLED,
        "so-called self-described self-styled self-proclaimed acronym name names titled entitled nickname nicknamed hashtag",
    ),
    (
        NEG,
        "not never no none nobody nothing neither nor nowhere without n't isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't cannot couldn't shouldn't mustn't ain't hardly",
    ),
    (PARTICLE, "de del della van von der den bin ibn al el la le di da dos du ten ter zu"),
    (FILLER, "um uh er erm ah hmm hm mm uhm eh"),
    (NUM, "hundred thousand million billion dozen"),
    (
        MEDIUM,
        "twitter facebook instagram youtube tiktok snapchat reddit linkedin tumblr whatsapp telegram mastodon bluesky threads weibo myspace pinterest",
    ),
    (
        STOP_NAME,
        "i'm i've but and the if what we this that it there here yes no oh well so then now okay ok editor's q a photo image images getty credit watch read more related also contributing full text abstract",
    ),
    (
        OUTLET,
        "times post journal news magazine press radio tv tribune herald gazette observer guardian telegraph mirror chronicle star sun mail express standard independent inquirer examiner dispatch globe bulletin register sentinel courier record review cnn nbc abc cbs bbc msnbc npr pbs itv sky fox c-span espn mtv hbo reuters bloomberg forbes fortune politico axios vox vice variety billboard vogue vanity newsweek time people esquire wired atlantic yorker buzzfeed huffpost breitbart slate salon gawker tmz rtl ard zdf orf srf afp ap upi dpa spiegel zeit bild faz taz süddeutsche tagesspiegel focus stern handelsblatt welt monde figaro libération tagesschau deutschlandfunk al-jazeera jazeera",
    ),
    (
        CHANNEL,
        "tweet tweets tweeted tweeting retweeted posted post posts text texts texted texting sms message messages messaged email emails e-mail emailed e-mailed letter letters memo statement statements release filing filings lawsuit complaint affidavit indictment ruling document documents papers deposition interview interviews interviewed phone telephone broadcast podcast radio television tv livestream book memoir autobiography speech rally debate hearing sermon eulogy podium lecture keynote testified testimony convention conference crowd audience supporters delegates reporters journalists brief schreiben mitteilung pressemitteilung stellungnahme nachricht gespräch rede ansprache pressekonferenz buch autobiografie klageschrift anklageschrift urteil beschluss twitterte twittert postete journalisten fernsehen rundfunk",
    ),
    (
        AMBIGUOUS,
        "point points challenge challenges attack attacks states view views posts fear fears hope hopes doubt doubts rate rates names faults credits labels brands terms figure figures support supports shows plans needs charges demand demands orders issues notes quotes reports claims comments answers calls texts tweets questions details estimates requests feels touts rules",
    ),
    (
        VERB,
        "began begun went gone goes came comes took takes made makes gave gives got gets ran runs held holds kept keeps left lost met paid put puts sat sent sends set sets stood stands won wins brought bought built became becomes chose cut did drew drove fell felt fought flew grew hit knew laid led let lay meant rose sold sought spent struck threw understood wore plans tries tried uses used works worked seems seemed appears appeared continues continued includes included remains remained needs needed wants wanted likes liked helps helped turned turns moved moves happened happens allows allowed leads leaves becomes plays played shows showed starts started stays stayed opens opened agrees agreed",
    ),
    (
        PLACE,
        "american british french german russian chinese mexican canadian israeli iranian syrian iraqi cuban indian japanese korean european african asian latino hispanic muslim jewish christian catholic democratic arab english irish italian spanish greek turkish ukrainian america europe asia africa australia antarctica canada mexico brazil argentina chile cuba colombia venezuela peru haiti britain england scotland wales ireland france germany spain portugal italy greece turkey russia ukraine poland hungary austria switzerland sweden norway finland denmark netherlands belgium israel palestine syria iraq iran egypt libya yemen lebanon jordan afghanistan pakistan india china japan korea vietnam thailand indonesia philippines taiwan kazakhstan nigeria kenya ethiopia sudan somalia alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont wisconsin wyoming london paris berlin moscow beijing tokyo chicago boston philadelphia detroit houston dallas atlanta miami seattle brussels deutschland frankreich england italien spanien russland usa österreich schweiz u.s. u.k. u.n. united",
    ),
    (
        OUTLET_NOUN,
        "newspaper paper magazine website site station network blog daily weekly tabloid outlet broadcaster agency podcast show program channel journal publication",
    ),
];

/// Regular verbs: a trailing `!` doubles the consonant.
pub(super) const REGULAR: &[(Bits, &str)] = &[
    (
        SAY,
        "charge point add announce answer argue ask assert claim comment complain concede conclude confess confide confirm contend counter cry declare demand deny disclose emphasize emphasise exclaim explain insist instruct interject joke lament maintain mention mumble murmur muse note observe opine plead! pledge pray proclaim promise protest quip! recall recount remark remind reply report respond retort reveal roar scoff scream shout shriek sigh snap! stammer state stress suggest testify tweet retweet urge vow warn whisper yell post email e-mail text message chant acknowledge admit! advise affirm allege elaborate enthuse inquire enquire interrupt mutter gasp hiss growl grumble reiterate reason repeat rejoin bellow boast brag! chuckle laugh sneer speculate stutter venture volunteer wail wonder posit recommend intone deadpan! crack continue conclude agree object predict intimate blurt caution reassure assure inform tease crow brag! gush fume thunder gripe grouse groan moan sob! wheeze chortle giggle grin smile nod! coo croak drawl bark snarl splutter sputter rasp plea cite drone chime prod! probe query proffer offer echo marvel summarize summarise reflect rant rave tout lecture pronounce bawl vent gloat bristle exult implore beg! beckon trumpet broadcast chirp blog! telegraph cable phrase signal! preach paraphrase chide! pout stipulate expound philosophize theorize recite sing!",
    ),
    (
        CALL,
        "call label identify brand describe dismiss decry denounce deride criticize criticise condemn praise hail blast slam! attack accuse characterize characterise deem dub! rip! ridicule mock lambaste bash pan! cast term refer portray peg! tout trash declare blame chide rebuke scold castigate excoriate fault credit applaud laud commend salute compare liken tag! nickname depict paint express voice reject endorse dispute question challenge discuss outline detail highlight underscore invoke quote retract apologize apologise defend justify frame define label brand equate cheer chastise admonish heckle jeer disparage pronounce hammer rail assail savage denigrate vilify rate promote demand",
    ),
    (
        THINK,
        "believe consider hope want expect fear view regard figure assume imagine guess doubt suspect learn prefer like love hate realize realise determine decide indicate show imply signal! insinuate favor favour need support oppose pray dream envision worry feel! find! conclude establish estimate propose request order rule advocate read watch look try seek! vote focus",
    ),
];

/// Irregular verbs: base, -s, past, participle, -ing.
pub(super) const IRREGULAR: &[(Bits, &str)] = &[
    (
        SAY,
        "say says said said saying; tell tells told told telling; write writes wrote written writing; speak speaks spoke spoken speaking; swear swears swore sworn swearing; sing sings sang sung singing; read reads read read reading; reply replies replied replied replying; plead pleads pled pled pleading; chide chides chid chidden chiding; retweet retweets retweeted retweeted retweeting; quoth quoth quoth quoth quoth; text texts texted texted texting; offer offers offered offered offering; write-in writes-in wrote-in written-in writing-in",
    ),
    (CALL, "rip rips ripped ripped ripping"),
    (
        THINK,
        "think thinks thought thought thinking; know knows knew known knowing; mean means meant meant meaning; feel feels felt felt feeling; find finds found found finding; see sees saw seen seeing; understand understands understood understood understanding; hear hears heard heard hearing; teach teaches taught taught teaching; seek seeks sought sought seeking; forbid forbids forbade forbidden forbidding",
    ),
];
