"""The public addresses that are not pages."""

from django.urls import path

from pages.views import dossier, drafting, files, filing, resuming, reviewing, tracking

app_name = "pages"
urlpatterns = [
    path("favicon.ico", files.icon, name="icon"),
    path("procedure.pdf", files.procedure, name="procedure"),
    path("depot/<uuid:key>/", drafting.draft, name="draft"),
    path("depot/<uuid:key>/etape/<str:step>/", drafting.step, name="step"),
    path("depot/<uuid:key>/garde/", drafting.saved, name="draft_saved"),
    path("depot/<uuid:key>/relire/", reviewing.review, name="review"),
    path("depot/<uuid:key>/effacer/", resuming.forget, name="forget"),
    path("reprendre/", resuming.door, name="resume"),
    path("reprendre/<str:code>/", resuming.link, name="resume_link"),
    path("recu/<str:reference>/", filing.receipt, name="receipt"),
    path("suivi/", tracking.door, name="tracking"),
    path("suivi/quitter/", tracking.leave, name="leave"),
    path("suivi/<str:reference>/", dossier.dossier, name="dossier"),
    path("suivi/<str:reference>/message/", dossier.message, name="message"),
    path("suivi/<str:reference>/confirmation/", dossier.confirm, name="confirm"),
    path("suivi/<str:reference>/action/<str:move>/", dossier.move, name="move"),
    path("suivi/<str:reference>/courrier/<str:number>.pdf", dossier.letter, name="letter"),
]
