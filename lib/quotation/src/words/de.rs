//! German word classes, and the few cue verbs of French and Spanish that let a plain "dijo X" be read.

use super::*;

/// Words by class.
pub(super) const CLASSES: &[(Bits, &str)] = &[
    (
        DET,
        "der die das den dem des ein eine einen einem einer eines dieser diese dieses diesem diesen jeder jede jedes jener jene beide alle viele einige mehrere kein keine keinen keinem",
    ),
    (POSS, "sein seine seinen seinem seiner seines ihr ihre ihren ihrem ihrer ihres mein meine unser unsere euer"),
    (
        PREP,
        "von vom in im ins an am auf aus bei beim mit nach für fuer gegen um durch ohne über unter vor hinter neben zwischen zu zum zur seit laut gemäß zufolge während wegen trotz gegenüber innerhalb außerhalb ab bis als wie",
    ),
    (CONJ, "und oder aber sondern denn sowie doch"),
    (SUB, "dass daß weil wenn ob obwohl nachdem bevor damit sodass indem falls während"),
    (
        AUX,
        "ist sind war waren sei seien wäre wären bin bist hat haben hatte hatten habe hätte hätten wird werden wurde wurden würde würden worden kann können konnte konnten könne könnte soll sollen sollte sollten solle muss müssen musste müsse müsste darf dürfen durfte dürfe will wollen wollte wolle möchte mag",
    ),
    (
        ADV,
        "auch nicht noch schon nur dann wieder jetzt heute gestern dabei damit daher dazu deshalb außerdem weiter weiterhin zudem ferner wörtlich so hier dort nun erst sehr mehr immer bereits anschließend später zuvor jedoch allerdings unterdessen",
    ),
    (HE, "er ihm ihn"),
    (SHE, "sie"),
    (I_WE, "ich wir mir mich uns"),
    (IT, "es"),
    (REL, "welcher welche welches"),
    (
        TITLE | TITLE_M,
        "herr herrn präsident bundespräsident kanzler bundeskanzler minister außenminister innenminister bundesinnenminister finanzminister ministerpräsident senator bürgermeister oberbürgermeister sprecher vorsitzender papst könig prinz richter professor doktor trainer",
    ),
    (
        TITLE | TITLE_F,
        "frau präsidentin kanzlerin bundeskanzlerin ministerin außenministerin innenministerin ministerpräsidentin senatorin bürgermeisterin sprecherin vorsitzende königin prinzessin richterin professorin trainerin",
    ),
    (
        ROLE,
        "sprecher sprecherin pressesprecher pressesprecherin regierungssprecher regierungssprecherin chef chefin vorsitzender vorsitzende vorsitzenden präsident präsidentin minister ministerin kanzler kanzlerin politiker politikerin abgeordneter abgeordnete senator senatorin bürgermeister bürgermeisterin leiter leiterin direktor direktorin geschäftsführer geschäftsführerin experte expertin forscher forscherin wissenschaftler wissenschaftlerin professor professorin anwalt anwältin richter richterin staatsanwalt staatsanwältin trainer trainerin spieler spielerin autor autorin journalist journalistin vertreter vertreterin mitarbeiter mitarbeiterin kritiker kritikerin augenzeuge augenzeugin zeuge zeugin generalsekretär generalsekretärin außenminister innenminister finanzminister bürger bürgerin mann frau beamter polizist polizistin gründer gründerin künstler künstlerin sänger sängerin schauspieler schauspielerin obmann fraktionschef fraktionschefin parteichef parteichefin staatssekretär staatssekretärin botschafter botschafterin kommissar kommissarin vizepräsident vizepräsidentin innenministerin",
    ),
    (
        ROLE | PLURAL_ROLE,
        "kritiker experten forscher politiker behörden augenzeugen zeugen vertreter mitarbeiter ärzte wissenschaftler medien beobachter",
    ),
    (FEM, "frau sprecherin ministerin kanzlerin präsidentin"),
    (MASC, "herr herrn mann sprecher minister kanzler präsident"),
    (
        GROUP,
        "polizei regierung partei ministerium bundesregierung staatsanwaltschaft gericht bundesverfassungsgericht unternehmen konzern organisation verband gewerkschaft zeitung zeitschrift magazin studie bericht mitteilung pressemitteilung erklärung antrag urteil begründung fraktion behörde sender bündnis verein initiative kommission rat bundesamt universität blatt resolution beschluss",
    ),
    (
        TIME,
        "heute gestern vorgestern morgen montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag woche monat jahr abend nachmittag vormittag januar februar märz april mai juni juli august september oktober november dezember",
    ),
    (MONTH, "januar februar märz april mai juni juli august september oktober november dezember"),
    (WEEKDAY, "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag"),
    (
        ABBR,
        "dr. prof. z.b. u.a. d.h. bzw. ca. usw. etc. st. nr. str. jr. sr. inc. ltd. e.v. abs. art. bzgl. ggf. inkl. sog. vgl. evtl. mio. mrd. tel. xvi. ii. iii. iv. v.",
    ),
    (
        SAY | PAST,
        "sagte sagten sagt sagen erklärte erklärten erklärt meinte meinten meint betonte betonten betont schrieb schrieben schreibt geschrieben antwortete antworteten antwortet fragte fragten fragt berichtete berichteten berichtet kommentierte kommentierten kommentiert äußerte äußerten äußert fügte fügten fügt ergänzte ergänzt kritisierte kritisierten kritisiert warnte warnten warnt forderte forderten fordert behauptete behaupteten behauptet teilte teilten teilt mitgeteilt mitteilte gab gaben gibt bekräftigte bekräftigt versicherte versichert rief riefen ruft verkündete verkündet bestätigte bestätigten bestätigt begründete begründet sprach sprachen spricht gesprochen hieß heißt lautete lautet urteilte urteilt stellte stellten stellt unterstrich unterstreicht gestand gesteht räumte erwiderte erwidert entgegnete entgegnet mahnte mahnt zitierte zitiert zitierten erzählte erzählt erläuterte erläutert verlautbarte verlautete formulierte formuliert gesagt kündigte kündigt twitterte twittert postete jubelte jubelt scherzte klagte klagt beklagte beklagt beteuerte beteuert prophezeite resümierte resümiert führte hob appellierte appelliert plädierte plädiert protestierte flüsterte schrie murmelte bat bemerkte bemerkt konstatierte konstatiert argumentierte argumentiert monierte bilanzierte unterstellte verteidigte verteidigt signalisierte signalisiert äußern wiederholte informierte freute zeigte wies",
    ),
    (
        CALL | PAST,
        "nannte nannten nennt nennen genannt bezeichnete bezeichneten bezeichnet bezeichnen lobte lobt verurteilte verurteilten verurteilt beschrieb beschreibt beschreiben beschrieben warf werfen wirft geworfen vorgeworfen würdigte begrüßte begrüßt charakterisierte beschuldigte attackierte wertete wertet bewertete bewertet sah sehen sieht hielt hält halten titelte titelt bezichtigte tadelte rügte schilderte schildert lehnte ablehnte verwies sprach vergleicht verglich wirbt warb beurteilte rechtfertigte verlangte verlangt verlangen vorwarf",
    ),
    (
        THINK | PAST,
        "glaubt glaubte hofft hoffte findet fand denkt dachte wünscht wünschte erwartet erwartete weiß wusste fürchtet befürchtet",
    ),
    (
        NOUN_CUE,
        "worte worten wortlaut aussage aussagen äußerung äußerungen erklärung stellungnahme rede interview brief mitteilung pressemitteilung kommentar zitat bericht angaben ansicht meinung auffassung einschätzung vorwurf vorwürfe forderung urteil begründung schreiben antwort frage aufruf appell kritik ankündigung feststellung bezeichnung einladung überzeugung idee",
    ),
    (
        WORK,
        "titel film lied album song buch roman serie sendung zeitung zeitschrift magazin motto thema namen name stück oper single band gruppe projekt programm marke typ typs zeitungen krimiserie spielfilm dokumentation ausstellung spitznamen spitzname beinamen schiff tageszeitung wochenzeitung nachrichtenmagazin boulevardzeitung verein stiftung organisation initiative",
    ),
    (
        SO_CALLED,
        "sogenannte sogenannten sogenannter sogenanntes sogenanntem genannten genannte genannter begriff begriffs wort ausdruck bezeichnung sog.",
    ),
    (NEG, "nicht nie niemals kein keine keinen keinem keiner nichts niemand weder ohne"),
    (GROUP, "spd cdu csu fdp grüne grünen linke linkspartei afd"),
    (FILLER, "äh ähm öh"),
    // Enough French and Spanish to read the plainest attributions.
    (
        SAY | PAST,
        "dijo dijeron afirmó aseguró explicó añadió declaró señaló indicó respondió preguntó escribió comentó manifestó expresó insistió déclaré expliqué affirmé ajouté estimé assuré indiqué déclare explique affirme ajoute estime assure indique répondu répond lancé",
    ),
];

/// Words that tell German from English when counted.
pub(super) const MARKERS: &str = "der die das und ist nicht ein eine mit von dem den auf für sich auch es werden wurde im zu als wie bei nach sagte wir ich sie er haben hat";

/// Endings of German offices.
pub(super) const OFFICES: &[&str] = &[
    "minister",
    "ministerin",
    "ministers",
    "präsident",
    "präsidentin",
    "sprecher",
    "sprecherin",
    "vorsitzender",
    "vorsitzende",
    "vorsitzenden",
    "politiker",
    "politikerin",
    "leiter",
    "leiterin",
    "direktor",
    "direktorin",
    "chef",
    "chefin",
    "kanzler",
    "kanzlerin",
    "experte",
    "expertin",
    "beauftragter",
    "beauftragte",
    "beauftragten",
    "sekretär",
    "sekretärin",
    "forscher",
    "forscherin",
    "richter",
    "richterin",
    "anwalt",
    "anwältin",
    "abgeordnete",
    "abgeordneter",
    "abgeordneten",
    "senator",
    "senatorin",
    "trainer",
    "trainerin",
];
