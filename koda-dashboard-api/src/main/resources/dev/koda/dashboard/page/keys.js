const TYPING = 'input, textarea, select, [contenteditable]';

/**
 * Keys of a view while it is shown, by the `key` of the event. Who types in a field types, and an open dialog has its own
 * keys: `inDialog` says that these are those. A handler that returns false leaves the key to the browser.
 */
export class Keys {
  constructor(host, handlers, { inDialog = false } = {}) {
    this.pressed = event => {
      const handler = handlers[event.key];
      if (!handler || event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
      if (event.target.closest?.(TYPING)) return;
      if (Boolean(document.querySelector('dialog[open]')) !== inDialog) return;
      if (handler(event) !== false) event.preventDefault();
    };
    host.addController(this);
  }

  hostConnected() {
    addEventListener('keydown', this.pressed);
  }

  hostDisconnected() {
    removeEventListener('keydown', this.pressed);
  }
}

/** j and k go among the rows of a list, which are what is marked `data-row` in it. */
export function rowKeys(list) {
  return { j: () => step(list, 1), k: () => step(list, -1) };
}

function step(list, by) {
  const rows = [...list.querySelectorAll('[data-row]')];
  if (!rows.length) return;
  const here = document.activeElement;
  const item = here.closest('li');
  const at = rows.findIndex(row => row.contains(here) || (item && list.contains(item) && item.contains(row)));
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by));
  rows[next].focus();
  rows[next].scrollIntoView({ block: 'nearest' });
}
