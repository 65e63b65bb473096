package io.multijob.servo;

import io.multijob.protocol.ServiceUrl;

/// A setting of the servo: the environment variable of that name.
enum Setting {
  OPTUNE_URL(
      ServiceUrl.DEFAULT_TEMPLATE,
      "Where reports go; `{acct}` and `{app_id}` stand for the account and the app id"),
  OPTUNE_ACCOUNT("", "The account; needed where the URL has `{acct}`"),
  OPTUNE_AUTH_TOKEN("", "Sent to the service as `Authorization: Bearer`; never shown"),
  POD_NAMESPACES(
      "",
      "Namespaces to watch, parted by commas, or `*` for all by one watch; unset: our own, that is"
          + " the service account's or the kubeconfig context's"),
  OPTUNE_APP_ID(
      "spec/containers/0/env/[JOBID]",
      "Path to a pod's app id, alternatives parted by `|`; `servo app-id` explains one"),
  STATE_DIR(
      "/var/lib/servo",
      "Directory of the outbox and of the apps' last settings; to be kept between restarts"),
  OUTBOX_LIMIT(
      "2Gi",
      "How much the outbox may hold, such as `500Mi` or `2Gi`; beyond it runs wait in the cluster"),
  SELF_IP("", "Our own address; where it is set, podmon's posts are listened for"),
  STATS_LISTEN(
      "",
      "Where podmon's posts are listened for, `host:port` or `none`; unset: `0.0.0.0:8080` where"
          + " `SELF_IP` is set, otherwise `none`"),
  METRICS_LISTEN(
      "0.0.0.0:9090", "Address of `/metrics`, `/healthz` and `/readyz`, `host:port` or `none`"),
  STATS_DEADLINE(
      "30s", "How long a run's statistics are waited for after its end, such as `500ms` or `2m`"),
  MARK_PODS(
      "true",
      "Whether a pod is marked, by the annotation `servo.optune.io/reported`, when the service has"
          + " its run; needs `patch` on pods"),
  HOLD_PODS(
      "false",
      "Whether a finalizer keeps pods until their run is reported, whoever deletes them; needs"
          + " `patch` on pods"),
  HOLD_LIMIT("1h", "How long after its end a pod is held at the most, such as `30m` or `2h`"),
  LEASE(
      "none",
      "The Lease that decides which of several replicas acts, `name` or `namespace/name`; needs"
          + " `get`, `create` and `update` on leases"),
  ADMISSION(
      "auto",
      "How pods are changed before they start: `webhook`, by us; `policy`, by the API server; `both`;"
          + " `none`; `auto`: as is set up in the cluster"),
  ADMISSION_LISTEN("0.0.0.0:8443", "Where the API server finds the webhook, `host:port`"),
  ADMISSION_CERT(
      "", "File with the webhook's certificate chain, PEM; unset: made and rotated by ourselves"),
  ADMISSION_KEY("", "File with its private key, PEM"),
  OPTUNE_SLEEPER_IMG(
      "", "The image of the container `zzzzmonitor`, podmon's; unset: none is put in"),
  PODMON_KIND(
      "auto",
      "What that image does: `podmon` measures, `sleeper` only sleeps; `auto` tells by its name"),
  KUBELET_STATS(
      "verify",
      "Which kubelets are asked for figures of runs whose image only sleeps: `verify`, those that the"
          + " cluster's authority vouches for; `insecure`, any; `off`, none"),
  CONVERSATION_BUDGET(
      "2s",
      "How long the start of a pod waits for the service's word at the most; up to `2500ms`, unless"
          + " `ADMISSION=policy`"),
  ADJUST_MODE(
      "apply",
      "`apply`, or `dry-run`: pods stay as they are, and an annotation says what they would be"),
  ADJUST_TARGET(
      "auto",
      "What an ADJUST sets: `limits`, `requests`, `both`, or `auto`: those that the pod has, in its"
          + " own ratio and QoS class"),
  ADJUST_CPU(
      "",
      "Bounds of `cpu` in cores, `min..max` or `min..max/step`; unset: by what the pod asks for"),
  ADJUST_MEM(
      "",
      "Bounds of `mem`, such as `64Mi..8Gi` or `64Mi..8Gi/4Ki`; unset: by what the pod asks for"),
  OPTUNE_DEBUG("0", "`1` logs more"),
  LOG_FORMAT("text", "`text`, or `json` for one JSON object a line"),
  KUBECONFIG("", "The way to the cluster; unset: `~/.kube/config`, then the pod's service account");

  private final String standard;
  private final String meaning;

  Setting(String standard, String meaning) {
    this.standard = standard;
    this.meaning = meaning;
  }

  /// The value that holds when the variable is unset or blank; empty where there is no single one.
  String standard() {
    return standard;
  }

  /// For a person, in Markdown.
  String meaning() {
    return meaning;
  }
}
