package io.multijob.servo.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class AppIdPathTest {
  private static final JsonNode POD =
      JsonMapper.shared()
          .readTree(
              """
              {"metadata": {
                 "name": "nightly-29393400-x7k2p",
                 "labels": {"app/name": "slashed", "a~b": "tilde", "empty": "", "[odd]": "x"},
                 "ownerReferences": [
                   {"kind": "Other", "name": "not-this"},
                   {"kind": "Job", "name": "nightly-29393400", "controller": true}]},
               "spec": {"priority": 5, "containers": [
                 {"name": "proxy", "env": [{"name": "JOBID", "value": ""}]},
                 {"name": "main", "env": [
                   {"name": "PATH", "value": "/bin"},
                   {"name": "JOBID", "value": "report"},
                   {"name": "JOBID", "value": "second"},
                   {"name": "a/b", "value": "slash"},
                   {"name": "FROM", "valueFrom": {"fieldRef": {}}}],
                  "list": [{"key": "x", "val": "y"}]}]}}
              """);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          spec/containers/1/env/[JOBID]                       ; report  ; 1
          /spec//containers/1/env/[JOBID]/                    ; report  ; 1
          spec/containers/0/env/[JOBID]                       ;         ;
          spec/containers/2/env/[JOBID]                       ;         ;
          spec/containers/1/env/[FROM]                        ;         ;
          spec/containers/1/env/[a~1b]                        ; slash   ; 1
          spec/containers/1/env/[JOBID,name,value]            ; report  ; 1
          spec/containers/1/env/1/value                       ; report  ; 1
          spec/containers/1/list/[x,key,val]                  ; y       ; 1
          spec/containers/[main,name,env]/[JOBID]             ; report  ; 1
          spec/containers/[none,name,env]/[JOBID]             ;         ;
          spec/containers/main/env/[JOBID]                    ;         ;
          spec/containers/env                                 ;         ;
          spec/priority                                       ;         ;
          spec/containers                                     ;         ;
          metadata/labels/app~1name                           ; slashed ; 0
          metadata/labels/a~0b                                ; tilde   ; 0
          metadata/labels/[odd]                               ;         ;
          metadata/labels/empty                               ;         ;
          metadata/name/deeper                                ;         ;
          metadata/labels/none|spec/containers/1/env/[JOBID]  ; report  ; 1
          metadata/labels/empty | metadata/labels/a~0b        ; tilde   ; 0
          @owner                                              ; nightly ; 0
          spec/containers/0/env/[JOBID]|@owner                ; nightly ; 0
          @owner|spec/containers/1/env/[JOBID]                ; nightly ; 0
          """)
  void leadsTo(String path, String value, String container) {
    String found =
        AppIdPath.parse(path)
            .evaluate(POD)
            .map(id -> id.value() + " in " + id.container())
            .orElse("nowhere");

    assertThat(found).isEqualTo(value == null ? "nowhere" : value + " in " + container);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      textBlock =
          """
          ""                ; app-id path '': expected at least one element, such as metadata/labels/app
          " "               ; app-id path ' ': expected at least one element, such as metadata/labels/app
          /                 ; app-id path '/': an alternative is empty
          a||b              ; app-id path 'a||b': an alternative is empty
          a|                ; app-id path 'a|': an alternative is empty
          a/[b              ; app-id path 'a/[b', at '[b': expected ] at the end (write / in a key as ~1)
          a/[b/c]           ; app-id path 'a/[b/c]', at '[b': expected ] at the end (write / in a key as ~1)
          a/[]              ; app-id path 'a/[]', at '[]': a key is empty
          a/[b,c]           ; app-id path 'a/[b,c]', at '[b,c]': expected [key] or [key,nameKey,valueKey], found 2 parts
          a/[b,,d]          ; app-id path 'a/[b,,d]', at '[b,,d]': a key is empty
          a/b~2             ; app-id path 'a/b~2', at 'b~2': expected ~0 (for ~) or ~1 (for /) after a ~
          a/b~              ; app-id path 'a/b~', at 'b~': expected ~0 (for ~) or ~1 (for /) after a ~
          @ownr             ; app-id path '@ownr': expected @owner, alone
          @owner/name       ; app-id path '@owner/name': expected @owner, alone
          """)
  void saysWhatIsWrongAndWhere(String path, String message) {
    assertThatThrownBy(() -> AppIdPath.parse(path))
        .isInstanceOf(AppIdPathException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "spec//containers/0/env/[JOBID], spec/containers/0/env/[JOBID]",
    "a~1b/c~0d, a~1b/c~0d",
    "' a/[k] | @owner', a/[k]|@owner",
  })
  void writesItselfAsItWouldBeRead(String path, String written) {
    assertThat(AppIdPath.parse(path).toString()).isEqualTo(written);
    assertThat(AppIdPath.parse(written).toString()).isEqualTo(written);
  }

  @Test
  void aSearchWithItsOwnKeysIsWrittenWithThem() {
    assertThat(AppIdPath.parse("a/[k,id,text]").toString()).isEqualTo("a/[k,id,text]");
  }

  @Test
  void explainsStepByStep() {
    PathExplanation explained =
        AppIdPath.parse(
                "spec/containers/main|spec/containers/1/env/[FROM]|spec/containers/1/env/[NONE]"
                    + "|spec/priority|metadata/labels/none|spec/containers/1/env/[JOBID]|@owner")
            .explain(POD);

    assertThat(String.join("\n", explained.lines()))
        .isEqualTo(
            """
            spec/containers/main
              spec: a map of 2
              containers: an array of 2
              main: not found: an array of 2 is entered by index or by [key]
              leads nowhere
            spec/containers/1/env/[FROM]
              spec: a map of 2
              containers: an array of 2
              1: a map of 3
              env: an array of 5
              [FROM]: found, but it has no value: its value comes from elsewhere (valueFrom)
              leads nowhere
            spec/containers/1/env/[NONE]
              spec: a map of 2
              containers: an array of 2
              1: a map of 3
              env: an array of 5
              [NONE]: no map whose name is NONE among PATH, JOBID, JOBID, a/b, FROM
              leads nowhere
            spec/priority
              spec: a map of 2
              priority: a number (an app id is a string)
              leads nowhere
            metadata/labels/none
              metadata: a map of 3
              labels: a map of 4
              none: not found among app/name, a~b, empty, [odd]
              leads nowhere
            spec/containers/1/env/[JOBID]
              spec: a map of 2
              containers: an array of 2
              1: a map of 3
              env: an array of 5
              [JOBID]: a string
              leads to "report"\
            """);
    assertThat(explained.found()).hasValue(new AppId("report", 1));
  }

  @Test
  void explainsTheOwner() {
    assertThat(AppIdPath.parse("@owner").explain(POD).lines())
        .isEqualTo(List.of("@owner", "  CronJob/nightly: leads to \"nightly\""));
    assertThat(AppIdPath.parse("@owner").explain(JsonMapper.shared().readTree("{}")).lines())
        .isEqualTo(List.of("@owner", "  nothing owns this pod: leads nowhere"));
  }

  @Test
  void b28_anEmptyAppIdIsNone() {
    assertThat(AppIdPath.parse("spec/containers/0/env/[JOBID]").evaluate(POD)).isEmpty();
  }
}
