"""Sharing and remembering change nothing of what the document says."""

from __future__ import annotations

from ninja import NinjaAPI, Router, Schema
from ninja.openapi.schema import get_schema

from huiliu.platform.http import described


class Word(Schema):
    text: str


def test_operations_that_answer_alike_share_a_model_and_the_document_is_ninjas_own():
    described.share_response_models()
    router = Router()

    @router.get("/one", response={200: Word, 409: Word})
    def one(request):
        return {"text": "one"}

    @router.get("/many", response={200: list[Word], 409: Word})
    def many(request):
        return [{"text": "many"}]

    api = NinjaAPI(urls_namespace="described")
    api.add_router("", router)
    first = router.path_operations["/one"].operations[0].response_models
    second = router.path_operations["/many"].operations[0].response_models

    assert first[200] is first[409] is second[409]
    assert second[200] is not first[200]
    assert dict(described.Document(api, "/x")) == dict(get_schema(api, "/x"))
