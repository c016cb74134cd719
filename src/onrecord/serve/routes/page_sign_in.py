"""Pages: signing in with a token, and out."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from onrecord.errors import ServeError
from onrecord.serve.desk import DeskHere
from onrecord.serve.errors import problem_of
from onrecord.serve.gate import COOKIE
from onrecord.serve.pages import page
from onrecord.serve.routes.page_search import Form

router = APIRouter()
_SECONDS = 30 * 24 * 3600


@router.get("/sign-in")
def form(request: Request) -> Response:
    """The form; a token in the address is filled in, and nothing happens before it is sent."""
    return page(request, "sign_in.html", token=request.query_params.get("token", ""), problem=None)


@router.post("/sign-in")
def sign_in(request: Request, desk: DeskHere, form: Form) -> Response:
    """Keeps the token in a cookie that no script and no other site can use."""
    secret = form.get("token")
    if not isinstance(secret, str) or desk.tokens.holder(secret.strip()) is None:
        problem = problem_of(ServeError("Nobody has this token.", code="serve.token"))
        return page(request, "sign_in.html", status=problem.status, token="", problem=problem)
    answer = RedirectResponse("/", 303)
    is_secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, secret.strip(), max_age=_SECONDS, httponly=True, samesite="strict", secure=is_secure)
    return answer


@router.post("/sign-out")
def sign_out() -> Response:
    """Lets the cookie go."""
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer
