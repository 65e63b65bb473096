package io.multijob.sandbox.api.store;

import io.multijob.sandbox.api.object.Key;
import io.multijob.sandbox.api.object.Resource;

/// An object, wherever it is.
public record Ref(Resource resource, Key key) {}
