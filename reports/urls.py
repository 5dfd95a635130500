from django.urls import include, path, re_path

from reports.views.agenda import agenda
from reports.views.calendar_ics import calendar_ics
from reports.views.campaign_result import campaign_result, campaign_result_docx, campaign_result_pdf
from reports.views.candidates import award_candidates, officer_evidence, unit_evidence
from reports.views.conference_papers import conference_docx, conference_pdf
from reports.views.conferences import (
    conference_delete,
    conference_detail,
    conference_edit,
    conference_list,
    conference_new,
    conference_number,
)
from reports.views.figure_rows import figure_rows
from reports.views.home import home
from reports.views.life import life_index
from reports.views.preparing import (
    return_settle,
    review_compare,
    review_write,
    section_reset,
    section_write,
)
from reports.views.recommendations import (
    recommendation_answer,
    recommendation_delete,
    recommendation_detail,
    recommendation_edit,
    recommendation_list,
    recommendation_new,
)
from reports.views.review import review, review_index, review_json
from reports.views.review_papers import review_docx, review_pdf, review_xlsx
from reports.views.saved_filters import filter_delete, filter_new
from reports.views.search import search
from reports.views.signing import (
    amendment_close,
    review_amend,
    review_changes,
    review_countersign,
    review_return,
    review_sign,
)
from reports.views.tasks import task_assess, task_delete, task_detail, task_edit, task_list, task_new
from reports.views.tray import tray_detail, tray_list, tray_put_away
from reports.views.workbook import workbook_import, workbook_preview, workbook_template
from reports.views.workplans import workplan_targets

app_name = "reports"
_REVIEW = r"^clusters/(?P<slug>[-\w]+)/review/(?P<period>\d{4}|\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d)"
_of_conferences = [
    path("conferences/", conference_list, name="conference_list"),
    path("conferences/new/", conference_new, name="conference_new"),
    path("conferences/<uuid:client_id>/", conference_detail, name="conference_detail"),
    path("conferences/<uuid:client_id>.docx", conference_docx, name="conference_docx"),
    path("conferences/<uuid:client_id>.pdf", conference_pdf, name="conference_pdf"),
    path("conferences/<uuid:client_id>/edit/", conference_edit, name="conference_edit"),
    path("conferences/<uuid:client_id>/number/", conference_number, name="conference_number"),
    path("conferences/<uuid:client_id>/delete/", conference_delete, name="conference_delete"),
    path("awards/candidates/", award_candidates, name="award_candidates"),
    path("awards/candidates/units/<int:pk>/", unit_evidence, name="unit_evidence"),
    path("awards/candidates/officers/<int:pk>/", officer_evidence, name="officer_evidence"),
    path("recommendations/", recommendation_list, name="recommendation_list"),
    path("recommendations/new/", recommendation_new, name="recommendation_new"),
    path("recommendations/<uuid:client_id>/", recommendation_detail, name="recommendation_detail"),
    path("recommendations/<uuid:client_id>/edit/", recommendation_edit, name="recommendation_edit"),
    path("recommendations/<uuid:client_id>/answer/", recommendation_answer, name="recommendation_answer"),
    path("recommendations/<uuid:client_id>/delete/", recommendation_delete, name="recommendation_delete"),
    path("tasks/", task_list, name="task_list"),
    path("tasks/new/", task_new, name="task_new"),
    path("tasks/<uuid:client_id>/", task_detail, name="task_detail"),
    path("tasks/<uuid:client_id>/edit/", task_edit, name="task_edit"),
    path("tasks/<uuid:client_id>/assess/", task_assess, name="task_assess"),
    path("tasks/<uuid:client_id>/delete/", task_delete, name="task_delete"),
]
urlpatterns = [
    path("", home, name="home"),
    path("clusters/<slug:slug>/life/", life_index, name="life_index"),
    path("clusters/<slug:slug>/filters/new/", filter_new, name="filter_new"),
    path("clusters/<slug:slug>/filters/<int:pk>/delete/", filter_delete, name="filter_delete"),
    path("clusters/<slug:slug>/search/", search, name="search"),
    path("clusters/<slug:slug>/review/", review_index, name="review_index"),
    re_path(_REVIEW + r"/$", review, name="review"),
    re_path(_REVIEW + r"\.json$", review_json, name="review_json"),
    re_path(_REVIEW + r"/write/$", review_write, name="review_write"),
    re_path(_REVIEW + r"/write/(?P<kind>[a-z]+)/$", section_write, name="section_write"),
    re_path(_REVIEW + r"/write/(?P<kind>[a-z]+)/proposal/$", section_reset, name="section_reset"),
    re_path(_REVIEW + r"/compare/$", review_compare, name="review_compare"),
    re_path(_REVIEW + r"/return/$", review_return, name="review_return"),
    re_path(_REVIEW + r"/return/settle/$", return_settle, name="return_settle"),
    re_path(_REVIEW + r"/sign/$", review_sign, name="review_sign"),
    re_path(_REVIEW + r"/countersign/$", review_countersign, name="review_countersign"),
    re_path(_REVIEW + r"/amend/$", review_amend, name="review_amend"),
    re_path(_REVIEW + r"/amend/close/$", amendment_close, name="amendment_close"),
    re_path(_REVIEW + r"/changes/$", review_changes, name="review_changes"),
    re_path(_REVIEW + r"\.docx$", review_docx, name="review_docx"),
    re_path(_REVIEW + r"\.pdf$", review_pdf, name="review_pdf"),
    re_path(_REVIEW + r"\.xlsx$", review_xlsx, name="review_xlsx"),
    re_path(_REVIEW + r"/figures/(?P<key>[a-z_]+)/$", figure_rows, name="figure_rows"),
    path("clusters/<slug:slug>/campaigns/<int:pk>/", campaign_result, name="campaign_result"),
    path("clusters/<slug:slug>/campaigns/<int:pk>.docx", campaign_result_docx, name="campaign_result_docx"),
    path("clusters/<slug:slug>/campaigns/<int:pk>.pdf", campaign_result_pdf, name="campaign_result_pdf"),
    path("clusters/<slug:slug>/calendar/", agenda, name="agenda"),
    path("calendar/<str:token>.ics", calendar_ics, name="calendar_ics"),
    path("clusters/<slug:slug>/workplans/<uuid:client_id>/targets/", workplan_targets, name="workplan_targets"),
    path("clusters/<slug:slug>/tray/", tray_list, name="tray_list"),
    path("clusters/<slug:slug>/tray/<int:pk>/", tray_detail, name="tray_detail"),
    path("clusters/<slug:slug>/tray/<int:pk>/put-away/", tray_put_away, name="tray_put_away"),
    path("clusters/<slug:slug>/", include(_of_conferences)),
    path("clusters/<slug:slug>/import/", workbook_import, name="workbook_import"),
    path("clusters/<slug:slug>/import/<int:pk>/", workbook_preview, name="workbook_preview"),
    path("clusters/<slug:slug>/import/template.xlsx", workbook_template, name="workbook_template"),
]
