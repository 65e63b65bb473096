// Asks the service. Addresses are relative, so that the page also works below a path of a proxy.

export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function get(path, parameters = {}, signal) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== "") query.set(name, value);
  }
  const response = await fetch(`api/v1/${path}${query.size ? `?${query}` : ""}`, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) {
    const body = await response.json().catch(() => ({}));
    throw new ApiError(response.status, body.error ?? `the service answered ${response.status}`);
  }
  return response.json();
}

export const apps = (parameters, signal) => get("apps", parameters, signal);
export const history = (parameters, signal) => get("history", parameters, signal);
export const runs = (parameters, signal) => get("runs", parameters, signal);
export const run = (id, signal) => get(`runs/${encodeURIComponent(id)}`, {}, signal);
