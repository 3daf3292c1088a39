# La línea de avisos, como la ven las fuentes.

## The tip page
site-tips-title = Envíenos un aviso
site-tips-dek = Cuéntenos lo que sabe, adjunte lo que lo demuestra y vuelva a por nuestra respuesta.
site-tips-languages = Idioma de esta página
site-tips-return-link = ¿Tiene un nombre clave? Lea nuestra respuesta
site-tips-closed-title = Nuestra línea sellada de avisos no está abierta
site-tips-closed = Preferimos decirlo a dejarle escribir aquí algo que no podemos proteger.
site-tips-desk = Quién debe leerlo
site-tips-desk-one = Lo leerá: { $desk }
site-tips-desk-unknown = Elija una de las mesas.
site-tips-text = Lo que quiere contarnos
site-tips-text-hint = Quién, qué, cuándo, dónde y cómo lo sabe. Si nadie debe adivinar quién escribe, calle lo que solo usted puede saber.
site-tips-files = Archivos
site-tips-files-hint = Las fotos y los documentos suelen nombrar el aparato, el lugar o la persona que los hizo. Los periodistas a los que escribe lo verán.
site-tips-files-most = Hasta { $megabytes } MB en total.
site-tips-plain-title = Antes de enviar: esta vía es la más débil
site-tips-plain = Su navegador no ejecuta scripts: sus palabras viajan cifradas (HTTPS) hasta nuestro servidor y allí se sellan, en la memoria, antes de que nada se escriba en un disco. En ese momento nuestro servidor puede leerlas, y también quien lo controle. Si permite los scripts en esta página, sus palabras se sellan antes de salir de su aparato.
site-tips-sealed-title = Antes de enviar: se sella en su navegador
site-tips-sealed = Su navegador sella lo que escribe para los periodistas de esta mesa antes de que salga de su aparato. Nuestro servidor lo guarda y no puede abrirlo. Lo que sí ve es que alguien envió algo, cuándo llegó y más o menos qué tamaño tiene. Más abajo se dice qué protege esto y qué no.
site-tips-send = Enviar
site-tips-empty = Escriba algo o adjunte un archivo.
site-tips-text-long = Es demasiado largo para un mensaje. Adjúntelo como archivo.
site-tips-phone-title = O llame
site-tips-phone-badge = Más débil: no va sellado en el camino
site-tips-phone = La compañía telefónica conoce su número, el nuestro, la hora y la duración, y puede escuchar. Un SMS lo puede leer cada empresa por la que pasa. Si lo que sabe puede ponerle en peligro, use un teléfono que no sea suyo ni de su empresa y no llame desde el trabajo.
site-tips-phone-or-text = O llame, o envíe un SMS
site-tips-mail-title = O escriba un correo
site-tips-mail = Un correo pasa por varias empresas que pueden leerlo, guardarlo y entregarlo. Si lo que sabe puede ponerle en peligro, escriba mejor aquí, en esta página; desde una dirección que le nombre o desde el trabajo, no escriba.
site-tips-way-sms = Un SMS: quién ve qué
site-tips-way-sms-them = Su compañía telefónica y la empresa que lleva nuestro número ven su número, el nuestro, la hora y cada palabra e imagen. Guardan registros de ello, algunas durante meses o años.
site-tips-way-sms-us = Nuestro servidor lo recibe abierto y lo sella enseguida, en la memoria; después pide a la empresa que lleva nuestro número que borre su copia. Su número se sella con él: los periodistas lo ven, y no figura en ningún otro lugar nuestro. Su teléfono guarda lo que envió hasta que lo borre.
site-tips-way-voice = Una llamada: quién ve qué
site-tips-way-voice-them = Su compañía telefónica y la empresa que lleva nuestro número ven su número, el nuestro, la hora y la duración, y pueden escuchar. La empresa que lleva nuestro número graba lo que diga después de la señal.
site-tips-way-voice-us = Nuestro servidor recoge la grabación y la sella según llega; después pide a esa empresa que borre su grabación y su nota de la llamada. Los periodistas oyen su voz y ven su número; no figura en ningún otro lugar nuestro.
site-tips-way-own = Una llamada: quién ve qué
site-tips-way-own-them = Su compañía telefónica y la nuestra ven su número, el nuestro, la hora y la duración, y pueden escuchar.
site-tips-way-own-us = Una centralita propia graba lo que diga después de la señal. La grabación queda allí abierta hasta que nuestro servidor la ha sellado, normalmente en menos de un minuto, y después se sobrescribe. Los periodistas oyen su voz y ven su número.
site-tips-way-mail = Un correo: quién ve qué
site-tips-way-mail-them = Su proveedor de correo y el nuestro ven su dirección, la nuestra, la hora, el asunto y cada palabra y archivo que usted no haya cifrado. Ambos pueden guardar copias, y su propia carpeta de enviados guarda una.
site-tips-way-mail-us = Nuestro servidor sella su correo en cuanto lo recibe. Su dirección se sella con él: los periodistas la ven. Lo que queda en los proveedores de correo no podemos borrarlo.
site-tips-way-back = Por esta vía no recibe un nombre clave: solo podemos responder llamando o escribiendo.
site-tips-protection = Qué está protegido y qué no
site-tips-protection-what = Qué
site-tips-protection-how = Cómo está
site-tips-protection-words = Sus palabras y archivos
site-tips-protection-words-how = Selladas para los periodistas de la mesa que elija. Quien se lleve el disco de nuestro servidor, o una copia, no puede leerlas sin la contraseña de un periodista.
site-tips-protection-visit = Que estuvo aquí
site-tips-protection-visit-how = No anotamos ni su dirección ni su navegador. Su red (el trabajo, su casa, la compañía móvil) ve que visitó este sitio, aunque no qué página. Tor Browser se lo oculta; no escriba desde el trabajo.
site-tips-protection-when = Cuándo y cuánto
site-tips-protection-when-how = Nuestro servidor guarda el día, la mesa y más o menos el tamaño: no la hora. Hasta la noche siguiente, el propio disco puede aún revelarla.
site-tips-protection-server = Un atacante que controle nuestro servidor
site-tips-protection-server-how = Podría enviarle otra página que la nuestra y leer lo que escriba en ella. La huella de abajo ayuda a notarlo; para el mayor cuidado, vea a un periodista en persona.
site-tips-protection-device = Su propio aparato
site-tips-protection-device-how = No podemos protegerle de quien vigile su pantalla, su teclado o el ordenador de su empresa. Su navegador puede recordar que estuvo aquí.
site-tips-protection-time = Cuánto lo guardamos
site-tips-protection-time-how = Cuando terminamos con un aviso, se borra al cabo de un tiempo: normalmente { $days } días.
site-tips-fingerprint = La huella de nuestra clave
site-tips-fingerprint-printed = Nuestra redacción publica los mismos dígitos en otro lugar: { $where } Mírelos allí, no solo en este sitio. Si no coinciden, no escriba aquí.
site-tips-fingerprint-ask = Pida estos dígitos a uno de nuestros periodistas por otra vía: por teléfono, en papel, en persona. Si no coinciden, no escriba aquí.
site-tips-fingerprint-words = En palabras:
site-tips-onion = En Tor Browser este sitio tiene además su propia dirección:

## The codename
site-tips-done-title = Ha llegado. Este es su nombre clave
site-tips-done-once = Anote ahora estas siete palabras en papel. Solo se muestran esta vez, nosotros no las tenemos y son la única vía a nuestra respuesta.
site-tips-done-after = Después cierre esta ventana. Vuelva a esta página dentro de unos días, desde un lugar donde nadie le observe, y elija «Lea nuestra respuesta».
site-tips-done-plain = Nuestro servidor creó este nombre clave porque su navegador no ejecutó ningún script. Ya lo ha olvidado.

## Coming back
site-tips-return-title = Lea nuestra respuesta
site-tips-codename = Su nombre clave
site-tips-codename-hint = Siete palabras. Mayúsculas, comas y guiones dan igual.
site-tips-codename-plain = Sin script, el nombre clave llega a nuestro servidor, que abre nuestra respuesta en la memoria y después lo olvida. Con los scripts permitidos, nunca sale de su aparato.
site-tips-codename-sealed = El nombre clave no sale de este navegador. Abre nuestra respuesta aquí, en su aparato; nuestro servidor solo ve un valor calculado a partir de él, con el que encuentra su mensaje.
site-tips-codename-open = Abrir
site-tips-codename-count = Un nombre clave tiene siete palabras; aquí hay { $count }.
site-tips-codename-word = La palabra { $number } no es de las nuestras. Mire si está escrita como en su papel.
site-tips-codename-wrong = No hay nada bajo este nombre clave. Mire si cada palabra está como en su papel; o se borró porque el asunto estaba cerrado.
site-tips-thread-title = Su conversación con nosotros
site-tips-from-us = De nosotros
site-tips-from-you = De usted
site-tips-own-sealed = Sellado para los periodistas; no se puede volver a mostrar.
site-tips-no-replies = Aún no hemos respondido. Vuelva dentro de unos días.
site-tips-unsigned = Este mensaje no lleva la firma de esta mesa o fue alterado. No se fíe de él.
site-tips-more-title = Escriba más
site-tips-more-sent = Su mensaje ha llegado. Su nombre clave sigue siendo el mismo.
site-tips-to-tip = Escribirnos por primera vez

## What the script says
site-tips-script-making = Creando su nombre clave. Tarda unos segundos.
site-tips-script-checking = Comprobando nuestras claves.
site-tips-script-working = Haciendo unas cuentas que impiden que las máquinas nos inunden.
site-tips-script-sealing = Sellando.
site-tips-script-sending = Enviando.
site-tips-script-done = Ha llegado.
site-tips-script-opening = Abriendo.
site-tips-script-wrong-keys = Las claves que envió este servidor no están firmadas por la redacción. No se envió nada. No escriba aquí; contáctenos de otra forma.
site-tips-script-too-large = Es más de lo que podemos recibir de una vez.
site-tips-script-failed = No se pudo enviar. Lo que escribió sigue aquí; inténtelo de nuevo.

## What goes wrong
site-tips-error-title = No ha funcionado
site-tips-error-busy-title = Mucha demanda, inténtelo de nuevo
site-tips-error-busy = Está llegando más de lo que podemos recibir ahora. No se guardó nada suyo. Vuelva atrás, espere unos minutos y envíelo de nuevo.
site-tips-error-work = Este formulario es demasiado antiguo o ya se envió. Vuelva a cargar la página.
site-tips-again-work = Este formulario era demasiado antiguo o ya se había enviado: esta vez no se guardó nada. Lo que escribió está abajo. Envíelo otra vez.
site-tips-again-busy = Llega más de lo que podemos recibir ahora mismo. No se guardó nada suyo. Lo que escribió está abajo: espere unos minutos y envíelo otra vez.
site-tips-again-large = Sus archivos son más de lo que podemos recibir de una vez. No se guardó nada. Lo que escribió está abajo.
site-tips-again-files = Los archivos hay que elegirlos de nuevo.
site-tips-error-envelope = Lo que llegó no es un mensaje sellado. No se guardó nada.
site-tips-error-form = El formulario llegó incompleto. No se guardó nada; vuelva atrás y envíelo de nuevo.
site-tips-error-large = Es más de lo que podemos recibir de una vez. No se guardó nada.
site-tips-error-thread-full = Esta conversación está llena. Escríbanos de nuevo y diga que ya nos escribió.
site-tips-error-closed = La línea se cerró mientras tanto. No se guardó nada.
site-tips-kept-text = Lo que ha escrito
site-tips-kept-text-hint = Cópielo si quiere enviarlo más tarde: no está en ningún otro sitio que en esta página.
site-tips-error-known = Ya hay un mensaje con este nombre clave. Vuelva con él para escribir más.
site-tips-error-stale = Nuestras claves cambiaron mientras tanto. Vuelva a cargar la página.
site-tips-error-not-found = Aquí no hay nada.

## What a caller hears
site-tips-call-warning = Esta es la línea de avisos de { $site }. Escuche primero, por favor: esta llamada no va sellada en el camino. Las compañías telefónicas conocen su número y el nuestro, y pueden escuchar. Lo que diga se graba y se sella para nuestros periodistas; después la grabación se borra aquí. Si lo que sabe puede ponerle en peligro, cuelgue ahora y escríbanos en nuestro sitio web, desde un aparato que no sea de su empresa. Si no, hable después de la señal. Pulse almohadilla cuando termine.
site-tips-call-thanks = Gracias. Tenemos su mensaje. Adiós.
site-tips-call-nothing = No hemos oído nada. Adiós.
site-tips-call-closed = Esta es la línea de avisos de { $site }. Ahora no puede recibir mensajes. No se ha grabado nada. Inténtelo más tarde, por favor, o escríbanos. Adiós.
