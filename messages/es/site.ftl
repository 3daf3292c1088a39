### El sitio público.

## El marco
site-skip = Ir al artículo
site-preview = Vista previa. Esta página no está publicada; solo la ven quienes tienen este enlace.
site-tip-label = Línea de avisos
site-tip-send = Envíenos una pista
site-tip-call = o llame al
site-tip-short = Enviar una pista
site-sections = Secciones
site-about-this-site = Sobre este sitio
site-archive = Hemeroteca
site-feed = Canal RSS
site-and = y

## Un artículo
site-by = Por
site-credit = Imagen:
site-licence = Licencia:
site-updated = Actualizado el
site-not-published = Aún sin publicar
site-reading-minutes = { $minutes ->
    [one] { $minutes } minuto de lectura
   *[other] { $minutes } minutos de lectura
}
site-corrected = { $count ->
    [one] Este artículo ha sido corregido
   *[other] Este artículo ha sido corregido { $count } veces
}
site-corrections-title = Correcciones
site-corrections-intro = En qué nos equivocamos, y qué es lo correcto.
site-corrections-none = Aún no se ha corregido nada.
site-corrections = { $count ->
    [one] Fe de errores
   *[other] Fe de errores
}
site-read-in = También en
site-tags = Temas
site-comments-load = Cargar los comentarios
site-comments-load-count = Cargar los comentarios ({ $count })
site-next = Artículo siguiente
site-next-keep = Seguir leyendo
site-next-stop = Parar aquí
site-next-feed = Artículos, uno tras otro
site-next-more = Más para leer
site-next-after = Después de este artículo

## La portada y las listas
site-edition = Última edición
site-top-stories = Lo más destacado
site-latest = Lo último
site-front-empty-title = La primera edición se está escribiendo
site-front-empty = Aquí todavía no se ha publicado nada. Vuelva pronto.
site-list-empty = Aquí todavía no se ha publicado nada.
site-author = Firma
site-tag = Tema
site-pages = Páginas
site-newer = Artículos más recientes
site-older = Artículos anteriores
site-page-of = Página { $page } de { $pages }

## Páginas para cuando falta algo
site-error-number = Error { $status }
site-error-404-title = No hay ninguna página en esta dirección
site-error-404 = Puede que la dirección esté mal escrita o que el artículo se trasladara antes de que lleváramos la cuenta. La portada y los últimos artículos son un buen lugar para buscar.
site-error-410-title = Este artículo fue retirado
site-error-410 = Estuvo aquí y ha sido retirado. No fingimos que nunca existió.
site-error-500-title = Algo ha fallado por nuestra parte
site-error-500 = No es culpa suya, y ha quedado anotado para quienes pueden repararlo. Inténtelo de nuevo dentro de un momento.
site-error-reference = Referencia para nuestro equipo técnico: { $reference }
site-to-front = Ir a la portada
site-back-to = Volver a: { $title }
