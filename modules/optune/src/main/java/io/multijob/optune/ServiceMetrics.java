package io.multijob.optune;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.http.Response;
import io.multijob.optune.intake.IntakeCounts;
import io.multijob.optune.live.RunStream;
import io.multijob.optune.store.RunStore;

/// What Prometheus reads of the service, in its text format 0.0.4
/// (<https://prometheus.io/docs/instrumenting/exposition_formats/>).
record ServiceMetrics(RunStore store, RunStream stream, IntakeCounts counts) {

  Response response() {
    String text =
        """
        # HELP optune_reports_total Measurements received since the start, by what became of them.
        # TYPE optune_reports_total counter
        optune_reports_total{result="stored"} %d
        optune_reports_total{result="duplicate"} %d
        optune_reports_total{result="busy"} %d
        # HELP optune_refused_events_total Events since the start that could not be understood.
        # TYPE optune_refused_events_total counter
        optune_refused_events_total %d
        # HELP optune_runs Runs in the store.
        # TYPE optune_runs gauge
        optune_runs %d
        # HELP optune_stream_clients Clients that follow new runs now.
        # TYPE optune_stream_clients gauge
        optune_stream_clients %d
        """
            .formatted(
                counts.stored(),
                counts.duplicates(),
                counts.busy(),
                counts.refusals(),
                store.last(),
                stream.clients());
    return Response.of(200, "text/plain; version=0.0.4; charset=utf-8", text.getBytes(UTF_8));
  }
}
