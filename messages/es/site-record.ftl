### Citas y personas en el sitio público: quién lo dijo, dónde y cómo lo sabemos.

## La marca tras una cita. { $facts }: nombre, medio, uno de los dictámenes de abajo.
site-mark = Cómo lo sabemos: { $facts }
site-mark-exact = literal
site-mark-edited = editada según nuestras normas
site-mark-unsourced = sin fuente archivada
site-mark-altered = difiere de la fuente
site-mark-disputed = discutida
site-quotations-key = { $count ->
    [one] Una cita de este artículo consta en nuestro registro. El anillo que la sigue lleva a quién lo dijo, dónde y cómo lo sabemos.
   *[other] { $count } citas de este artículo constan en nuestro registro. El anillo que sigue a cada una lleva a quién lo dijo, dónde y cómo lo sabemos.
}

## Comillas
site-quote-open = «
site-quote-close = »

## La página de una cita
site-quotation = Palabra por palabra
site-quotation-of = Palabra por palabra: { $name }
site-fact-how = Cómo lo sabemos
site-fact-where = Dónde
site-fact-to = A quién
site-fact-when = Cuándo
site-fact-published = Publicada aquí por primera vez
site-quotation-stories = { $count ->
    [one] El artículo en que aparece
   *[other] Los artículos en que aparece
}
site-quotation-there = Allí con estas palabras:
site-quotation-variants = Publicada también con otras palabras

## Cómo lo sabemos
site-how-page = De esta página, de la que guardamos una copia:
site-how-document = De un documento que obra en nuestro poder.
site-how-document-titled = De un documento que obra en nuestro poder:
site-how-ours = Nos lo dijo a nosotros. Tenemos una grabación o nuestras notas.
site-how-unnamed = De una fuente que no nombramos.
site-how-none = No tenemos ninguna fuente archivada.

## Dictámenes
site-verdict-name-exact = Literal
site-verdict-name-edited = Editada según nuestras normas
site-verdict-name-unsourced = Sin fuente archivada
site-verdict-name-altered = Difiere de la fuente
site-verdict-name-disputed = Discutida
site-verdict-exact = Hemos comparado estas palabras con la fuente, una por una. Dice exactamente esto.
site-verdict-edited = Hemos comparado estas palabras con la fuente. Dice esto, salvo lo que permiten nuestras normas: omisiones y añadidos señalados, mayúsculas y puntuación y, como mucho, una muletilla como «eh». Ninguna otra palabra es distinta.
site-verdict-unsourced = Publicamos estas palabras sin una fuente archivada, de modo que no había con qué compararlas.
site-verdict-altered = Cuando publicamos estas palabras, la fuente que tenemos no las recogía así. Preferimos decirlo a ocultarlo.
site-verdict-disputed = Se discute que estas palabras se dijeran, o que se dijeran así.

## Cómo se dijo, como parte de una frase
site-said-interview = en una entrevista
site-said-interview-ours = en una entrevista con nosotros
site-said-interview-at = en una entrevista con { $outlet }
site-said-text-message = en un mensaje de texto
site-said-text-message-at = en un mensaje de texto ({ $outlet })
site-said-post = en una publicación
site-said-post-at = en una publicación en { $outlet }
site-said-broadcast = en una emisión
site-said-broadcast-at = en una emisión de { $outlet }
site-said-statement = en una declaración
site-said-statement-at = en una declaración a { $outlet }
site-said-court-document = en un documento judicial
site-said-court-document-at = en un documento judicial ({ $outlet })
site-said-speech = en un discurso
site-said-speech-at = en un discurso ({ $outlet })
site-said-letter = en una carta
site-said-letter-at = en una carta a { $outlet }
site-said-book = en un libro
site-said-book-at = en un libro ({ $outlet })
site-said-report = en una información anterior
site-said-report-at = según informó { $outlet }
site-said-unknown-at = según { $outlet }
site-said-to = a { $addressee }
site-said-published = publicada el
site-said-in = En

## La página de una persona
site-people = Personas citadas
site-people-intro = Todas las personas cuyas palabras aparecen en nuestros artículos con un nombre que hemos podido identificar, y lo que dijeron.
site-people-empty = Aquí todavía no se cita a nadie.
site-person-aliases = También:
site-person-count = { $count ->
    [one] { $count } cita
   *[other] { $count } citas
}
site-person-parts = Por medio y año
site-person-all = Todas
site-person-newer = Citas más recientes
site-person-older = Citas anteriores
site-person-stories = Artículos que citan a { $name }

## Medios, como nombres de listas
site-channel-interview = Entrevistas
site-channel-text-message = Mensajes de texto
site-channel-post = Publicaciones en redes
site-channel-broadcast = Emisiones
site-channel-statement = Declaraciones
site-channel-court-document = Documentos judiciales
site-channel-speech = Discursos
site-channel-letter = Cartas
site-channel-book = Libros
site-channel-report = Informaciones anteriores
site-channel-unknown = En otros lugares
