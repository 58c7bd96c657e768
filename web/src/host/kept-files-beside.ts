// The hosted page keeps its own files in the browser by a service worker, so that it opens without a network from then on. A newer
// build is fetched beside it, whole, and waits until the reader wants it.
import type { NewerBuild } from "../state/state.ts";
import { ownScript } from "./own-script.ts";

/** Where the browser has no such thing, or not for this page (in a frame without an origin), the page works as before. */
export function keepFiles(found: (newer: NewerBuild) => void): void {
  if (self.origin === "null" || !isSecureContext || !("serviceWorker" in navigator)) return;
  const { serviceWorker } = navigator;

  async function look({ waiting, active }: ServiceWorkerRegistration): Promise<void> {
    // A first build has none before it; in WebKit it may control the page already while it still counts as waiting.
    if (!waiting || !active || !serviceWorker.controller) return;
    const { port1, port2 } = new MessageChannel();
    waiting.postMessage("waymark: which guidelines?", [port2]);
    port1.onmessage = ({ data }: MessageEvent<Record<string, string>>) => found({
      guidelines: data,
      open() {
        serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
        waiting.postMessage("waymark: take over");
      },
    });
  }

  serviceWorker.register(ownScript("service-worker.js"), { updateViaCache: "none" }).then((registration) => {
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", () => void look(registration));
    });
    void look(registration);
  }).catch(() => undefined);
}
