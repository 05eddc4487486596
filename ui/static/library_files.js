"use strict";
// Files on their way to the server: chosen or dropped, looked at, and sent one after the other.
(() => {
  const { announceFile, button, element, fillLine, one, refusal, say, tidy } = library;
  const drop = one("#drop");
  const chooser = one("#files");
  const outcomes = one("#outcomes");
  const scans = drop.dataset.scans.split(",");
  const queue = []; // files that are not sent yet
  let isSending = false;
  let inside = 0; // elements that a drag has entered and not left

  const megabytes = (bytes) => (bytes / 1e6).toLocaleString("vi", { maximumFractionDigits: 1 });

  const unfit = (file) => {
    const suffix = file.name.slice(file.name.lastIndexOf(".")).toLowerCase();
    const limit = Number(scans.includes(suffix) ? drop.dataset.scanLimit : drop.dataset.limit);
    if (!file.name.includes(".") || !chooser.accept.split(",").includes(suffix)) {
      return "Không đọc được loại tệp này. Xin lưu thành Word, PDF, Excel hoặc văn bản thường rồi thêm lại.";
    }
    if (file.size === 0) return "Tệp trống. Xin kiểm tra đã lưu và chọn đúng tệp.";
    if (file.size > limit) {
      return `Tệp lớn ${megabytes(file.size)} MB; loại này nhiều nhất ${megabytes(limit)} MB. Xin tách thành nhiều tệp rồi thêm lại.`;
    }
    return "";
  };

  const failLine = (line, file, message, again = null) => {
    const failed = { name: file.name, status: "failed", message };
    fillLine(line, failed);
    line.className = "unsent";
    announceFile(failed);
    if (again) line.append(button("Thử lại", again, "small"));
  };

  const send = ({ file, url, line, what }) =>
    new Promise((done) => {
      const request = new XMLHttpRequest();
      const form = new FormData();
      const bar = element("progress", "", "");
      fillLine(line, { name: what ? `${what}: ${file.name}` : file.name, status: "sending" });
      bar.max = 1;
      bar.setAttribute("aria-label", `Đang gửi ${file.name}`);
      line.append(" ", bar);
      form.append("file", file, file.name);
      request.open("POST", url);
      request.responseType = "json";
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) bar.value = event.loaded / event.total;
      });
      request.addEventListener("load", () => {
        if (request.status === 200 && request.response) {
          line.remove();
          library.showEarlier(request.response.earlier);
          library.take(request.response.work);
        } else failLine(line, file, refusal(request.status, request.response).message);
      });
      request.addEventListener("error", () =>
        failLine(line, file, library.LOST, () => { line.remove(); give([file], url, what); }),
      );
      request.addEventListener("loadend", done);
      request.send(form);
    });

  const give = async (files, url = "/kho/tep", what = "") => {
    if (!isSending && !library.isUnderWay()) tidy();
    for (const file of files) {
      const line = outcomes.appendChild(element("li", "", ""));
      const fault = unfit(file);
      if (fault) failLine(line, file, fault);
      else {
        fillLine(line, { name: file.name, status: "sending" });
        queue.push({ file, url, line, what });
      }
    }
    one("#tidy").hidden = outcomes.childElementCount === 0;
    if (isSending) return;
    isSending = true;
    for (let next = queue.shift(); next; next = queue.shift()) await send(next);
    isSending = false;
  };

  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  const isFolder = (item) => item.webkitGetAsEntry?.()?.isDirectory;

  const giveChosen = () => {
    if (chooser.files.length === 0) return;
    give([...chooser.files]);
    chooser.value = "";
  };

  chooser.addEventListener("change", giveChosen);
  document.addEventListener("dragenter", (event) => {
    if (hasFiles(event)) drop.classList.toggle("over", (inside += 1) > 0);
  });
  document.addEventListener("dragleave", (event) => {
    if (hasFiles(event)) drop.classList.toggle("over", (inside -= 1) > 0);
  });
  document.addEventListener("dragover", (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    inside = 0;
    drop.classList.remove("over");
    const items = [...event.dataTransfer.items].filter((item) => item.kind === "file");
    if (items.some(isFolder)) say("Không nhận được cả thư mục. Xin mở thư mục, chọn các tệp bên trong rồi kéo thả lại.", { trouble: true });
    give(items.filter((item) => !isFolder(item)).map((item) => item.getAsFile()));
  });

  window.addEventListener("beforeunload", (event) => {
    if (isSending) event.preventDefault();
  });
  library.give = give;
  giveChosen(); // what was chosen while this script was still on its way
})();
