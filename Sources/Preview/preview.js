// Loads what is new by itself, leaves what somebody reads where it was, and opens what a link of one page means in the other.
(function () {
  "use strict";
  var root = document.documentElement;
  // Frames but for those that are still being loaded.
  var shown = "iframe:not(.coming)";
  var wanted = root.dataset.version, isLoading = false;

  var events = new EventSource("events");
  var silence = null;
  events.addEventListener("version", function (event) {
    clearTimeout(silence);
    silence = null;
    document.getElementById("ended").hidden = true;
    wanted = event.data;
    load();
  });
  events.addEventListener("busy", function () { root.classList.add("busy"); });
  events.onerror = function () {
    if (silence === null) silence = setTimeout(function () { document.getElementById("ended").hidden = false; }, 2000);
  };

  // One at a time; what is saved meanwhile is loaded after.
  function load() {
    if (isLoading) return;
    if (wanted === root.dataset.version) return root.classList.remove("busy");
    isLoading = true;
    fetch("./", { cache: "no-store" }).then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.text();
    }).then(function (text) {
      show(new DOMParser().parseFromString(text, "text/html"));
      isLoading = false;
      load();
    }).catch(function () {
      isLoading = false;
      setTimeout(load, 500);
    });
  }

  function show(page) {
    root.dataset.version = page.documentElement.dataset.version;
    root.lang = page.documentElement.lang;
    document.title = page.title;
    document.body.className = page.body.className;
    swap("head", page);
    var old = document.getElementById("problems"), next = page.getElementById("problems");
    if (old && next) {
      next.open = old.open || next.querySelectorAll("li").length > old.querySelectorAll("li").length;
      var top = old.scrollTop;
      old.replaceWith(next);
      next.scrollTop = top;
    } else if (old) {
      old.remove();
    } else if (next) {
      document.getElementById("review").before(next);
    }
    var review = document.getElementById("review"), other = page.getElementById("review");
    if (review.dataset.review === other.dataset.review) return;
    if (names(review) !== names(other) || !review.querySelector("iframe")) {
      review.replaceWith(other);
      other.querySelectorAll("iframe").forEach(follow);
      return;
    }
    review.dataset.review = other.dataset.review;
    var frames = review.querySelectorAll(shown);
    other.querySelectorAll("iframe").forEach(function (frame, index) { renew(frames[index], frame); });
  }

  function swap(id, page) {
    var next = page.getElementById(id);
    if (next) document.getElementById(id).replaceWith(next);
  }

  function names(review) {
    return Array.prototype.map.call(review.querySelectorAll(shown), function (frame) { return frame.title; }).join("\n");
  }

  // The new page is loaded behind the old one and takes its place when it is there, at the same spot.
  function renew(old, next) {
    if (old.replacement) old.replacement.remove();
    old.replacement = next;
    next.classList.add("coming");
    next.addEventListener("load", function () {
      keepPlace(old.contentDocument, next.contentDocument);
      next.classList.remove("coming");
      old.remove();
    }, { once: true });
    follow(next);
    old.after(next);
  }

  function keepPlace(from, to) {
    if (!from || !to || !from.defaultView || !to.defaultView) return;
    // What somebody has opened, ticked or written, where it is still there.
    from.querySelectorAll("input[id],select[id],textarea[id]").forEach(function (field) {
      var other = to.getElementById(field.id);
      if (!other) return;
      if (field.type === "checkbox" || field.type === "radio") other.checked = field.checked; else other.value = field.value;
    });
    var open = from.querySelectorAll("details"), others = to.querySelectorAll("details");
    if (open.length === others.length) open.forEach(function (part, index) { others[index].open = part.open; });
    var x = from.defaultView.scrollX, y = from.defaultView.scrollY;
    to.defaultView.scrollTo({ left: x, top: y, behavior: "instant" });
    if (y === 0) return;
    // The last mark above the upper edge stays as far from it as it was, whatever has come or gone before it.
    var mark = null;
    from.querySelectorAll("[id]").forEach(function (element) {
      var box = element.getBoundingClientRect();
      if (box.height > 0 && box.top <= 4 && (!mark || box.top >= mark.top)) mark = { id: element.id, top: box.top };
    });
    var same = mark && to.getElementById(mark.id);
    if (!same) return;
    var shift = same.getBoundingClientRect().top - mark.top;
    to.defaultView.scrollTo({ left: x, top: to.defaultView.scrollY + shift, behavior: "instant" });
  }

  // Links of the pages: to the other page of the review they open there, to elsewhere in a window of their own.
  function follow(frame) {
    frame.addEventListener("load", function () { listen(frame); });
    if (frame.contentDocument && frame.contentDocument.readyState === "complete") listen(frame);
  }

  function listen(frame) {
    var page = frame.contentDocument;
    if (!page || page.isListenedTo) return;
    page.isListenedTo = true;
    page.addEventListener("click", function (event) {
      var link = event.target.closest && event.target.closest("a[href]");
      if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
      var target = new URL(link.getAttribute("href"), page.baseURI);
      var isElsewhere = target.origin !== location.origin;
      // Anything else is for the browser, which lets no script of these pages run.
      if (isElsewhere && !/^https?:$/.test(target.protocol)) return;
      if (!isElsewhere && target.pathname === new URL(page.baseURI).pathname) return;
      event.preventDefault();
      var frames = Array.prototype.slice.call(document.querySelectorAll("#review " + shown));
      var other = frames.find(function (one) {
        return !isElsewhere && path(one) === target.pathname;
      });
      if (!other) return window.open(target.href, "_blank", "noopener,noreferrer");
      turnTo(other);
      var there = other.contentWindow.location;
      there.replace(there.pathname + there.search + target.hash);
      var element = target.hash && other.contentDocument.getElementById(decodeURIComponent(target.hash.slice(1)));
      if (element) element.scrollIntoView();
    });
  }

  // A page that would lead elsewhere by itself is kept from it by the browser, and its frame is nobody's then.
  function path(frame) {
    try { return frame.contentWindow.location.pathname; } catch (error) { return ""; }
  }

  function turnTo(frame) {
    var spread = /spread-(\d+)/.exec(frame.parentElement.className);
    [document.getElementById("side-" + (frame.classList.contains("findings") ? 1 : 0)),
      spread && document.getElementById("spread-" + spread[1])].forEach(function (tab) { if (tab) tab.checked = true; });
  }

  document.querySelectorAll("#review iframe").forEach(follow);
  load();
})();
