### Comentarios en el sitio público.

site-comments-title = Comentarios
site-comments-on = Comentarios a «{ $title }»
site-comments-count = { $count ->
    [0] Aún no hay comentarios
    [one] Un comentario
   *[other] { $count } comentarios
}
site-comments-none = Todavía nadie ha escrito nada.
site-comments-first = Escriba el primero.
site-comments-write = Escribir un comentario
site-comments-sort = Orden
site-comments-sort-newest = Más recientes
site-comments-sort-oldest = Más antiguos
site-comments-sort-respect = Más respetados
site-comments-featured = Elegido por la redacción
site-comments-newsroom = Redacción
site-comments-edited = modificado
site-comments-in-answer = En respuesta a { $name }
site-comments-in-answer-gone = En respuesta a un comentario retirado
site-comments-reply = Responder
site-comments-reply-to = Responder a { $name }
site-comments-respect = Respeto
site-comments-report = Denunciar un comentario
site-comments-report-short = Denunciar
site-comments-report-this = Denunciar el comentario de { $name }
site-comments-link = Enlace al comentario de { $name }
site-comments-more-answers = { $count ->
    [one] Una respuesta más
   *[other] { $count } respuestas más
}
site-comments-more = Más comentarios
site-comments-start = Desde el principio
site-comments-all = Todos los comentarios
site-comments-answers = Respuestas
site-comments-gone-writer = Retirado por su autor
site-comments-gone-newsroom = Retirado por la redacción
site-comments-new = { $count ->
    [one] Un comentario nuevo
   *[other] { $count } comentarios nuevos
}
site-comments-show-new = Mostrar los comentarios nuevos
site-comments-failed = No ha funcionado. Inténtelo de nuevo.
site-comments-me-short = Sus comentarios
site-comments-closed = Esta conversación está cerrada. Todavía se puede leer.
site-comments-off = Aquí no hay comentarios.
site-comments-answer-to = Responder a { $name }
site-comments-as = Escribe como { $name }.
site-comments-name = Nombre
site-comments-email = Correo electrónico
site-comments-email-hint = Nunca se muestra. Recibirá un enlace que publica su comentario.
site-comments-trap = Deje esto vacío
site-comments-text = Comentario
site-comments-text-hint = Funcionan *énfasis*, > cita y las direcciones que empiezan por https://. Por favor, con respeto.
site-comments-notify = Avisarme por correo cuando alguien responda
site-comments-held-hint = La redacción lee los comentarios de autores nuevos antes de mostrarlos.
site-comments-send = Enviar
site-comments-cancel = Cancelar
site-comments-name-missing = Indique un nombre, por favor.
site-comments-name-long = Como máximo { $most } caracteres, por favor.
site-comments-email-wrong = Esto no es una dirección de correo.
site-comments-text-missing = Escriba algo, por favor.
site-comments-text-long = Como máximo { $most } caracteres, por favor.
site-comments-parent = Aquello a lo que responde ya no está.
site-comments-word = Su comentario contiene una palabra que aquí no se acepta. Dígalo de otra manera, por favor.
site-comments-twice = Ya lo ha enviado. Se guarda una vez.
site-comments-banned = De momento no puede escribir aquí.
site-comments-machine = Este formulario lo ha rellenado una máquina.
site-comments-own-respect = Su propio comentario ya tiene su respeto.
site-comments-own = Su comentario
site-comments-posted-shown = Gracias. Su comentario se muestra.
site-comments-posted-held = Gracias. Alguien de la redacción lee su comentario antes de mostrarlo.
site-comments-posted-unconfirmed = Gracias. Abra el enlace que hemos enviado a su dirección y su comentario seguirá su camino.
site-comments-posted-rejected = La redacción no muestra este comentario.
site-comments-posted-removed = Este comentario fue retirado.
site-comments-posted-erased = Este comentario fue retirado.
site-comments-state-shown = mostrado
site-comments-state-held = espera a la redacción
site-comments-state-unconfirmed = espera su enlace
site-comments-state-rejected = no mostrado
site-comments-state-removed = retirado
site-comments-state-erased = retirado
site-comments-back = Volver a: { $title }
site-comments-edit = Cambiarlo
site-comments-edit-until = Posible hasta { $at }.
site-comments-save = Guardar
site-comments-too-late = Ya ha pasado el tiempo para cambiar el comentario.
site-comments-remove = Retirarlo
site-comments-remove-hint = El texto y su nombre desaparecen para siempre; las respuestas quedan.
site-comments-removed = Retirado
site-comments-removed-text = Su comentario ya no está.
site-comments-own-hint = Guarde la dirección de esta página: con ella puede cambiar o retirar el comentario. No la comparta.
site-comments-said-changed = Cambiado.
site-comments-said-saved = Guardado.
site-comments-report-of = Un comentario de { $name }, en
site-comments-report-reason = ¿Qué tiene de malo?
site-comments-reason-abuse = Insulta u odia
site-comments-reason-spam = Hace publicidad
site-comments-reason-other = Otra cosa
site-comments-reason-illegal = Va contra la ley
site-comments-report-text = ¿Qué deberíamos saber?
site-comments-report-text-hint = Necesario para una notificación de contenido ilícito: por qué cree que va contra la ley.
site-comments-report-long = Como máximo 4000 caracteres, por favor.
site-comments-report-why = Diga por qué cree que va contra la ley, por favor.
site-comments-report-faith = Confirme esto para una notificación de contenido ilícito, por favor.
site-comments-legal = Solo para una notificación de contenido ilícito
site-comments-legal-hint = Según el artículo 16 del Reglamento de Servicios Digitales de la UE. Acusamos recibo por correo, decidimos y le comunicamos la decisión.
site-comments-legal-name = Su nombre
site-comments-legal-faith = Creo de buena fe que lo que declaro aquí es exacto y completo.
site-comments-report-send = Enviar la denuncia
site-comments-reported = Gracias
site-comments-reported-text = La redacción lo examinará.
site-comments-reported-legal = Su notificación ha llegado. Sabrá por correo qué se decide.
site-comments-sign-in = Entrar
site-comments-sign-in-hint = Sin contraseña: recibe un enlace por correo.
site-comments-sign-in-send = Enviarme el enlace
site-comments-sign-in-open = Hola, { $name }. Pulse el botón para entrar.
site-comments-sign-in-enter = Entrar
site-comments-sign-in-used = Este enlace ya no funciona. Funciona una vez, durante un día.
site-comments-sent = Mire su correo
site-comments-sent-text = Si el correo llega a esta dirección, pronto habrá un enlace. Funciona durante un día.
site-comments-no-mail = Esta redacción aún no ha configurado el correo; no puede enviar enlaces.
site-comments-sign-out = Salir
site-comments-me = Sus comentarios y ajustes
site-comments-me-comments = Lo que ha escrito
site-comments-me-none = Todavía nada.
site-comments-me-empty = (sin texto)
site-comments-me-name = Su nombre
site-comments-me-name-hint = Para lo que escriba a partir de ahora.
site-comments-me-mails = Correos
site-comments-me-data = Sus datos
site-comments-me-download = Descargar todo (JSON)
site-comments-erase = Borrar todo
site-comments-erase-hint = Sus comentarios pasan a «Retirado por su autor». Su nombre, su dirección y todo lo escrito desaparecen enseguida y para siempre.
site-comments-erase-sure = Quiero que se borre todo
site-comments-erased = Borrado
site-comments-erased-text = Aquí ya no se guarda nada suyo.
site-comments-unsubscribe = No más correos
site-comments-unsubscribe-text = Pulse el botón y no le escribiremos más sobre respuestas.
site-comments-unsubscribed = No más correos
site-comments-unsubscribed-text = Ya no le escribimos sobre respuestas.
site-comments-error = No ha funcionado
site-comments-error-form = Falta algo en el formulario o está mal.
site-comments-error-not-found = No existe ese comentario o artículo, o ya no se muestra.
site-comments-error-signed-out = Entre primero, por favor.
site-comments-error-large = Es demasiado para un comentario.
site-comments-error-many = Demasiado rápido. Espere un momento e inténtelo de nuevo.
site-comments-error-stale = Alguien lo ha cambiado entretanto. Mire de nuevo, por favor.
site-comments-mail-link-subject = Su enlace a { $site }
site-comments-mail-link-body =
    Hola:

    Con este enlace entra en { $site }, y lo que escribió con esta dirección sigue su camino:

    { $link }

    Funciona una vez, durante un día. Si no lo ha pedido, no haga nada: no se mostrará nada.
site-comments-mail-answer-subject = { $name } le ha respondido: { $headline }
site-comments-mail-answer-body =
    { $name } ha respondido a su comentario sobre «{ $headline }»:

    { $text }

    { $link }

    No más correos sobre respuestas: { $stop }
site-comments-mail-notice-subject = Su notificación ha llegado
site-comments-mail-notice-body =
    Su notificación de contenido ilícito sobre este comentario ha llegado a { $site }:

    { $link }

    Una persona decidirá y le comunicaremos la decisión.
site-comments-mail-notice-removed-subject = Decisión sobre su notificación
site-comments-mail-notice-removed-body =
    Una persona de { $site } ha decidido sobre su notificación acerca de este comentario:

    { $link }

    Se ha retirado. Si no está de acuerdo, responda al remitente de este correo; también puede acudir a un órgano extrajudicial o a un tribunal.
site-comments-mail-notice-kept-subject = Decisión sobre su notificación
site-comments-mail-notice-kept-body =
    Una persona de { $site } ha decidido sobre su notificación acerca de este comentario:

    { $link }

    Se queda. Si no está de acuerdo, responda al remitente de este correo; también puede acudir a un órgano extrajudicial o a un tribunal.

## Llaves de acceso
site-comments-sign-in-mail = Con un enlace por correo
site-comments-no-way = Nadie puede entrar.
site-comments-said-passkey = Su llave de acceso está guardada.
site-comments-me-passkeys = Llaves de acceso
site-comments-passkey = Con una llave de acceso
site-comments-passkey-hint = Una llave de acceso la guarda su dispositivo y se abre como él. Funciona sin contraseña y sin dirección.
site-comments-passkey-script = Las llaves de acceso necesitan un navegador con scripts.
site-comments-passkey-none = Este navegador no conoce las llaves de acceso.
site-comments-passkey-elsewhere = Las llaves de acceso funcionan en
site-comments-passkey-in = Entrar con una llave de acceso
site-comments-passkey-new = Crear una llave y entrar
site-comments-passkey-new-hint = Para su primera visita. Guardamos su nombre y la mitad pública de la llave, nada más.
site-comments-passkey-add = Añadir una llave de acceso
site-comments-passkey-made = Creada el { $at }
site-comments-passkey-used = usada el { $at }
site-comments-passkey-remove = Retirar
site-comments-passkey-remove-of = Retirar la llave creada el { $at }
site-comments-passkey-only = Sin dirección nadie puede volver a abrirle: guarde una segunda llave en otro dispositivo.
site-comments-passkey-last = Es su única entrada. Añada antes otra llave, o bórrelo todo.
site-comments-passkey-many = Tiene veinte llaves de acceso. Retire antes una.
site-comments-passkey-failed = No ha funcionado con esta llave de acceso. Inténtelo de nuevo.
site-comments-passkey-needed = Aquí solo escriben lectores con una llave de acceso.
