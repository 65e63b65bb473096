package io.multijob.servo;

/// A setting of the servo, as its environment variable.
enum Setting {
  OPTUNE_URL(
      "the Optune function",
      "Where reports go. `{acct}` and `{app_id}` stand for the account and the app id, percent-encoded."),
  OPTUNE_ACCOUNT("none", "The account; needed where the URL has `{acct}`."),
  OPTUNE_AUTH_TOKEN("none", "Sent as `Authorization: Bearer`; never logged."),
  POD_NAMESPACES(
      "our own namespace",
      "Namespaces to watch, parted by commas, or `*` for the whole cluster by one watch. Our own is"
          + " that of the service account, or of the kubeconfig's context."),
  OPTUNE_APP_ID(
      "`spec/containers/0/env/[JOBID]`",
      "Path to a pod's app id; alternatives parted by `|`. `servo app-id` explains one."),
  STATE_DIR("`/var/lib/servo`", "Where the outbox lies; kept between restarts."),
  SELF_IP("none", "Our own address; where it is set, figures posted by podmon are listened for."),
  STATS_LISTEN(
      "`0.0.0.0:8080` where `SELF_IP` is set, otherwise `none`",
      "Where podmon's posts are listened for: `host:port`, or `none`."),
  METRICS_LISTEN("`0.0.0.0:9090`", "`/metrics`, `/healthz`, `/readyz`: `host:port`, or `none`."),
  STATS_DEADLINE(
      "`30s`",
      "How long after the workload's end its figures are waited for: `500ms`, `30s`, `5m`."),
  OPTUNE_DEBUG("`0`", "`1` logs more."),
  LOG_FORMAT("`text`", "`text`, or `json` for one JSON object a line."),
  KUBECONFIG(
      "`~/.kube/config`, then the service account",
      "How the API server is reached, as everywhere.");

  private final String standard;
  private final String meaning;

  Setting(String standard, String meaning) {
    this.standard = standard;
    this.meaning = meaning;
  }

  /// What holds when the variable is unset or blank, for a person to read.
  String standard() {
    return standard;
  }

  String meaning() {
    return meaning;
  }
}
