"""What people send that no form takes: what it is, in their words, and what to send instead."""

from collections.abc import Collection

PRINT = "imprimez-{it} dans un PDF (« Imprimer », puis « Enregistrer au format PDF »), puis joignez"

_ARCHIVE = "est une archive : ouvrez-la, puis joignez un à un les fichiers qu’elle contient"
_MAIL = f"est un courriel enregistré : ouvrez-le, {PRINT.format(it='le')} ce PDF"
_SOUND = (
    "est un enregistrement sonore, que ce formulaire ne peut pas recevoir : gardez-le, et dites "
    "par écrit que vous l’avez et ce qu’on y entend"
)
_FILM = (
    "est une vidéo, que ce formulaire ne peut pas recevoir : gardez-la, dites par écrit que vous "
    "l’avez, et joignez plutôt une capture d’écran de l’instant qui compte"
)
_DOCUMENT = "n’est pas d’un type accepté : ouvrez-le, enregistrez-le en PDF, puis joignez ce PDF"
_PICTURE = (
    "est une image d’un type que ce formulaire ne prend pas : ouvrez-la, enregistrez-la en JPG ou "
    "faites-en une capture d’écran, puis joignez celle-ci"
)
_WEB_PAGE = f"est une page web : ouvrez-la, {PRINT.format(it='la')} ce PDF"

# An advice, what a question must take for it to be of use (nothing: always), and for whom it is.
_ADVICES = (
    (_ARCHIVE, "", "zip zipx rar 7z tar gz tgz bz2 xz"),
    (_SOUND, "", "mp3 m4a wav ogg oga opus aac amr flac wma caf 3ga aiff"),
    (_FILM, "", "mp4 m4v mov avi mkv webm 3gp wmv mts mpg mpeg ts flv"),
    (_MAIL, "pdf", "eml emlx msg mbox"),
    (_WEB_PAGE, "pdf", "html htm xhtml mht mhtml webarchive"),
    (_DOCUMENT, "pdf", "doc dot docm dotx dotm rtf wps pages odg odp fodt ott xps tex md"),
    (_DOCUMENT, "pdf", "xls xlsm xlsb xltx numbers csv fods ppt pptx pptm pps ppsx key vsd epub"),
    (_PICTURE, "jpg", "gif bmp tif tiff avif svg heics raw dng cr2 nef psd ico jp2"),
)
_INSTEAD = {
    ending: (advice, needed) for advice, needed, endings in _ADVICES for ending in endings.split()
}


def instead(ending: str, taken: Collection[str]) -> str:
    """The end of the sentence about a file with that ending; "" when we know nothing better.

    `taken`: the endings that the question takes; an advice that leads to another is none.
    """
    advice, needed = _INSTEAD.get(ending, ("", ""))
    return advice if not needed or needed in taken else ""
