from django.urls import include, path, register_converter

from cluster.converters import Month
from patrols.views.calendar_feed import calendar_feed, calendar_revoke
from patrols.views.campaigns import campaign_edit, campaign_list, campaign_new
from patrols.views.line_answers import line_acknowledge, line_confirm, line_correct, line_refuse
from patrols.views.patrol_delete import patrol_delete
from patrols.views.patrol_detail import patrol_detail
from patrols.views.patrol_form import patrol_edit, patrol_new
from patrols.views.patrol_list import patrol_list
from patrols.views.patrol_month import patrol_month
from patrols.views.patrol_paper import patrol_docx, patrol_pdf
from patrols.views.photographs import patrol_photograph, photograph_delete, photograph_file
from patrols.views.plan_change import plan_again, plan_cancel, plan_postpone
from patrols.views.plan_new import plan_new
from patrols.views.schedule import schedule
from patrols.views.twins import parting_take_back, twin_link, twin_list, twin_part, twin_unlink

app_name = "patrols"

register_converter(Month, "month")

cluster_urls = [
    path("patrols/", patrol_list, name="patrol_list"),
    path("patrols/new/", patrol_new, name="patrol_new"),
    path("patrols/<uuid:client_id>/", patrol_detail, name="patrol_detail"),
    path("patrols/<uuid:client_id>/edit/", patrol_edit, name="patrol_edit"),
    path("patrols/<uuid:client_id>/delete/", patrol_delete, name="patrol_delete"),
    path("patrols/<uuid:client_id>/lines/<int:pk>/confirm/", line_confirm, name="line_confirm"),
    path("patrols/<uuid:client_id>/lines/<int:pk>/correct/", line_correct, name="line_correct"),
    path("patrols/<uuid:client_id>/lines/<int:pk>/refuse/", line_refuse, name="line_refuse"),
    path("patrols/<uuid:client_id>/lines/<int:pk>/acknowledge/", line_acknowledge, name="line_acknowledge"),
    path("patrols/<month:month>.xlsx", patrol_month, name="patrol_month"),
    path("patrols/<uuid:client_id>.docx", patrol_docx, name="patrol_docx"),
    path("patrols/<uuid:client_id>.pdf", patrol_pdf, name="patrol_pdf"),
    path("patrols/<uuid:client_id>/photographs/new/", patrol_photograph, name="patrol_photograph"),
    path("patrols/<uuid:patrol_id>/photographs/<uuid:client_id>/", photograph_file, name="photograph_file"),
    path("patrols/<uuid:patrol_id>/photographs/<uuid:client_id>/delete/", photograph_delete, name="photograph_delete"),
    path("patrols/<uuid:client_id>/postpone/", plan_postpone, name="plan_postpone"),
    path("patrols/<uuid:client_id>/cancel/", plan_cancel, name="plan_cancel"),
    path("patrols/<uuid:client_id>/schedule/", plan_again, name="plan_again"),
    path("schedule/", schedule, name="schedule"),
    path("schedule/new/", plan_new, name="plan_new"),
    path("schedule/calendar/", calendar_feed, name="calendar_feed"),
    path("schedule/calendar/revoke/", calendar_revoke, name="calendar_revoke"),
    path("twins/", twin_list, name="twin_list"),
    path("twins/link/", twin_link, name="twin_link"),
    path("twins/part/", twin_part, name="twin_part"),
    path("twins/<int:pk>/unlink/", twin_unlink, name="twin_unlink"),
    path("twins/parted/<int:pk>/take-back/", parting_take_back, name="parting_take_back"),
    path("campaigns/", campaign_list, name="campaign_list"),
    path("campaigns/new/", campaign_new, name="campaign_new"),
    path("campaigns/<int:pk>/edit/", campaign_edit, name="campaign_edit"),
]
urlpatterns = [
    path("clusters/<slug:slug>/", include(cluster_urls)),
]
