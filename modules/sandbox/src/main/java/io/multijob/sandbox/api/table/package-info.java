/// Objects as rows for a person: the columns and the words of `kubectl get`, as the real server's
/// printers make them (kubernetes/pkg/printers/internalversion). Pure.
@NullMarked
package io.multijob.sandbox.api.table;

import org.jspecify.annotations.NullMarked;
