import { uuid7 } from "@shared/ids";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getListCommentsQueryKey, listComments, useAddComment } from "@/gen/comments/comments";
import type { CommentOut } from "@/gen/model";
import { Card } from "./page";
import { Refusal } from "./refusal";
import { StateTag } from "./state-tag";
import { useFormat } from "./use-format";
import { usePages } from "./use-pages";

function Comment({ of: comment }: { of: CommentOut }) {
  const { t } = useTranslation("documents");
  const format = useFormat();
  return (
    <li className="comment">
      <div className="comment-head">
        <strong>{comment.user_name}</strong>
        <span className="quiet figures">{format.instant(comment.created_at)}</span>
        {comment.internal && <StateTag tone="idle">{t("comments.internal_tag")}</StateTag>}
      </div>
      <p className="comment-text">{comment.text}</p>
    </li>
  );
}

interface CommentsProps {
  subjectType: string;
  subjectId: string;
  /** Brand staff may write what partners do not see. */
  isStaff: boolean;
}

/** What people said beside a document, oldest first; a comment stays as it was sent. */
export function Comments({ subjectType, subjectId, isStaff }: CommentsProps) {
  const { t } = useTranslation(["documents", "common"]);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const subject = { subject_type: subjectType, subject_id: subjectId };
  const key = getListCommentsQueryKey(subject);
  const pages = usePages(key, (cursor, signal) => listComments({ ...subject, cursor }, signal));
  const [text, setText] = useState("");
  const [internal, setInternal] = useState(false);
  const [id, setId] = useState(() => uuid7());
  const add = useAddComment({
    mutation: {
      onSuccess: () => {
        setText("");
        setId(uuid7());
        void message.success(t("comments.sent"));
        void queries.invalidateQueries({ queryKey: key });
      },
    },
  });
  const said = text.trim();
  return (
    <Card title={t("comments.title")}>
      <div className="stack">
        {pages.problem && <Refusal of={pages.problem} onRetry={pages.reload} />}
        {!pages.isLoading && !pages.problem && pages.rows.length === 0 && (
          <p className="quiet">{t("comments.none")}</p>
        )}
        <ol className="comments">
          {pages.rows.map((comment) => (
            <Comment key={comment.id} of={comment} />
          ))}
        </ol>
        {pages.loadMore && <Button onClick={pages.loadMore}>{t("common:list.more")}</Button>}
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={4000}
          value={text}
          aria-label={t("comments.write")}
          placeholder={t("comments.placeholder")}
          onChange={(event) => setText(event.target.value)}
        />
        <Refusal of={add.error} />
        <div className="comment-foot">
          {isStaff && (
            <Checkbox checked={internal} onChange={(event) => setInternal(event.target.checked)}>
              {t("comments.internal")}
            </Checkbox>
          )}
          <Button
            disabled={!said}
            loading={add.isPending}
            onClick={() => add.mutate({ data: { id, ...subject, text: said, internal } })}
          >
            {t("comments.send")}
          </Button>
        </div>
      </div>
    </Card>
  );
}
