### La búsqueda en el sitio público.

site-search = Buscar
site-search-title = Buscar
site-search-title-for = Buscar: { $words }
site-search-title-of = Buscar en { $name }
site-search-label = Palabras, nombres o una “frase entre comillas”
site-search-button = Buscar
site-search-hint = Un signo menos delante de una palabra deja fuera lo que la contiene.
site-search-more = Más opciones
site-search-any = Cualquiera
site-search-kind = Qué
site-search-section = Sección
site-search-author = Autor
site-search-person = A quién se cita
site-search-said-by = Dicho por
site-search-from = Desde
site-search-to = Hasta
site-search-sort = Orden
site-search-sort-best = Primero lo más pertinente
site-search-sort-newest = Primero lo más reciente

## Clases, y uno de cada
site-search-kind-story = Artículos
site-search-kind-page = Páginas
site-search-kind-quotation = Citas
site-search-kind-person = Personas
site-search-one-story = Artículo
site-search-one-page = Página
site-search-one-quotation = Cita
site-search-one-person = Con declaraciones
site-search-one-section = Sección

## Lo encontrado
site-search-results = Resultados
site-search-count = { $count ->
    [one] Un resultado
   *[other] { $count } resultados
}
site-search-about = Unos { $count } resultados
site-search-cut = Esta búsqueda es larga: se ha mirado la parte más reciente. Con más palabras se encuentra con más exactitud.
site-search-in = En:
site-search-previous = Resultados anteriores
site-search-next = Más resultados
site-search-active = Limitado a
site-search-remove = Quitar:
site-search-narrow = Limitar
site-search-by-kind = Qué
site-search-by-section = Sección
site-search-by-author = Autor
site-search-by-person = A quién se cita
site-search-by-year = Año

## Lo no encontrado
site-search-empty = Aquí se encuentra todo lo que hemos publicado: artículos, personas y lo que dijeron. O puede echar un vistazo:
site-search-none = No se ha encontrado nada.
site-search-missing = Nada de lo que hemos publicado contiene «{ $word }».
site-search-instead = Nada de lo que hemos publicado contiene «{ $word }»; esto contiene palabras que se escriben de forma parecida.
site-search-unknown = No conocemos nada llamado «{ $word }».
site-search-which = «{ $word }» aparece en estos nombres:
site-search-meant = ¿Quería decir…?
site-search-other-unfiltered = Buscar en todo
site-search-other-unphrased = Sin las comillas
site-search-other-without = Sin «{ $word }»
site-search-away = La búsqueda se está preparando. Vuelva a intentarlo dentro de un momento.

## Mientras se escribe
site-search-suggestions = Sugerencias
site-search-suggestions-none = No hay sugerencias
site-search-suggestions-some = Hay sugerencias debajo: elija con las flechas.
