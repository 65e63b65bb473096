package io.multijob.sandbox.api.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Key;
import io.multijob.sandbox.api.object.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class FieldSelectorTest {
  private static final Key KEY = new Key("default", "p1");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "status.phase=Running",
        "status.phase==Running",
        "status.phase!=Failed",
        "metadata.name=p1,metadata.namespace=default",
        "spec.restartPolicy=Never,spec.nodeName!=",
        "spec.hostNetwork=false",
        "status.podIP=",
        "spec.schedulerName=a\\,b\\=c"
      })
  void selects(String selector) {
    assertThat(FieldSelector.parse(Resource.PODS, selector).matches(KEY, values())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status.phase=Failed",
        "metadata.name!=p1",
        "metadata.namespace=other",
        "spec.nodeName=",
        "status.phase=Running,spec.restartPolicy=Always"
      })
  void doesNotSelect(String selector) {
    assertThat(FieldSelector.parse(Resource.PODS, selector).matches(KEY, values())).isFalse();
  }

  @Test
  void knowsTheOneNameThatCanMatch() {
    assertThat(FieldSelector.parse(Resource.PODS, "metadata.name=p1").requiredName())
        .contains("p1");
    assertThat(FieldSelector.parse(Resource.PODS, "metadata.name!=p1").requiredName()).isEmpty();
  }

  @Test
  void refusesAFieldThatIsNotSelectedBy() {
    assertThatThrownBy(() -> FieldSelector.parse(Resource.PODS, "spec.priority=1"))
        .isInstanceOf(ApiError.class)
        .hasMessage("field label not supported: spec.priority");
  }

  @Test
  void aNodeHasNoNamespaceToSelectBy() {
    assertThatThrownBy(() -> FieldSelector.parse(Resource.NODES, "metadata.namespace=x"))
        .hasMessage("field label not supported: metadata.namespace");
  }

  private static List<String> values() {
    ObjectNode pod = Json.object();
    pod.putObject("spec")
        .put("restartPolicy", "Never")
        .put("nodeName", "n1")
        .put("schedulerName", "a,b=c");
    pod.putObject("status").put("phase", "Running");
    return SelectableField.valuesIn(Resource.PODS, pod);
  }
}
