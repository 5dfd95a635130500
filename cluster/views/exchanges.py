"""The answer to an exchange of information, which either side writes down when it comes."""

import uuid
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cluster.access import Right, Rights, in_cluster
from cluster.answers import conflict_page, edit_page
from cluster.registers.exchanges import EXCHANGES, ExchangeAnswerForm, may_answer
from cluster.services import StaleVersion, add_to_record
from cluster.submissions import version_of


@in_cluster(Right.LOG)
@require_http_methods(["GET", "HEAD", "POST"])
def exchange_answer(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    template = "cluster/exchange_answer.html"
    exchange = get_object_or_404(EXCHANGES.rows(rights), client_id=client_id)
    if not may_answer(exchange, rights):
        raise PermissionDenied(_("Only the two units write down the answer, and only once; an edit corrects it."))
    page = partial(edit_page, request, template, record=exchange, register=EXCHANGES)
    if request.method != "POST":
        return page(ExchangeAnswerForm(instance=exchange, rights=rights), version=exchange.version)
    form, version = ExchangeAnswerForm(request.POST, instance=exchange, rights=rights), version_of(request)
    if not form.is_valid():
        return page(form, version=version, status=422)
    try:
        if version is None:
            raise StaleVersion
        add_to_record(exchange, form.data_entered().content(), version=version, by=rights.user)
    except StaleVersion:
        stored = EXCHANGES.rows(rights).filter(pk=exchange.pk).first()
        status = 428 if version is None else 409
        return conflict_page(
            request, template, form, record=exchange, stored=stored, data=form, status=status, register=EXCHANGES
        )
    messages.success(request, _("Saved."))
    return redirect(exchange)
