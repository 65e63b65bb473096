package io.multijob.sandbox.api;

import io.multijob.http.Request;
import io.multijob.sandbox.api.object.Key;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.select.FieldSelector;
import io.multijob.sandbox.api.select.LabelSelector;
import io.multijob.sandbox.api.store.Snapshot;
import io.multijob.sandbox.api.store.Stored;
import java.util.Iterator;
import java.util.List;

/// Which objects of a resource a request is about.
///
/// @param namespace empty for all
record Selection(
    Resource resource,
    String namespace,
    LabelSelector labels,
    FieldSelector fields,
    Uninitialized uninitialized) {

  /// What is to be done with objects that wait for an initializer.
  enum Uninitialized {
    SHOWN,
    LEFT_OUT
  }

  static Selection of(Target target, Request request) {
    return new Selection(
        target.resource(),
        target.namespace(),
        LabelSelector.parse(request.query("labelSelector").orElse("")),
        FieldSelector.parse(target.resource(), request.query("fieldSelector").orElse("")),
        Initializers.included(request) ? Uninitialized.SHOWN : Uninitialized.LEFT_OUT);
  }

  boolean matches(Stored object) {
    return (object.traits().initialized() || uninitialized == Uninitialized.SHOWN)
        && (namespace.isEmpty() || namespace.equals(object.key().namespace()))
        && fields.matches(object.key(), object.traits().fields())
        && labels.matches(object.traits().labels());
  }

  /// The objects to look at, in order: no more than a namespace, or the one object, when that is
  /// all that can match.
  Iterator<Stored> candidates(Snapshot snapshot, Key after) {
    if (!namespace.isEmpty() && fields.requiredName().isPresent()) {
      Key only = new Key(namespace, fields.requiredName().get());
      return only.compareTo(after) > 0
          ? snapshot.get(resource, only).stream().iterator()
          : List.<Stored>of().iterator();
    }
    boolean started = after.compareTo(new Key(namespace, "")) > 0;
    return snapshot
        .objects(resource)
        .after(started ? after : new Key(namespace, ""), namespace)
        .iterator();
  }

  /// Whether nothing but the namespace selects.
  boolean isEverything() {
    return labels.isEverything() && fields.isEverything();
  }
}
