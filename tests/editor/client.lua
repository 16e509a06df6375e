-- Neovim's own language client against `recensio lsp`. Run by tests/editor/run: nvim --headless --clean -l is newer than what systems ship, so -S.
local function fail(what)
  io.stderr:write("editor: " .. what .. "\n")
  vim.cmd("cquit 1")
end

local function wait(what, check)
  if not vim.wait(60000, check, 20) then
    fail("waited in vain for " .. what)
  end
end

local folder = vim.env.FOLDER
local path = folder .. "/a.md"
vim.cmd("edit " .. path)
vim.bo.filetype = "markdown"
local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.start_client({ name = "recensio", cmd = { vim.env.RECENSIO, "lsp" }, root_dir = folder })
if not client or not vim.lsp.buf_attach_client(buffer, client) then
  fail("the server does not start")
end

local function codes()
  local out = {}
  for _, one in ipairs(vim.diagnostic.get(buffer)) do
    table.insert(out, one.user_data.lsp.code .. "@" .. one.lnum .. ":" .. one.col)
  end
  table.sort(out)
  return table.concat(out, " ")
end

-- Columns of Neovim are bytes: what the server counts in UTF-16 leads to the same place.
wait("findings", function() return codes() == "leftover.script@2:44 lookalike.letter@0:11" end)

-- A quick fix, as the editor makes it.
local function act(line, character, wanted)
  local position = { line = line, character = character }
  local answer
  vim.lsp.buf_request(buffer, "textDocument/codeAction", {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    range = { start = position, ["end"] = position },
    context = { diagnostics = {} },
  }, function(error, result)
    if error then fail(vim.inspect(error)) end
    answer = result
  end)
  wait("actions", function() return answer ~= nil end)
  for _, action in ipairs(answer) do
    if action.title:find(wanted, 1, true) then
      vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
      return
    end
  end
  fail("no action " .. wanted .. " among " .. vim.inspect(answer))
end

act(0, 7, "Write “статья”")
local line = vim.api.nvim_buf_get_lines(buffer, 0, 1, false)[1]
if line ~= "Новая статья закона вступила в силу." then fail("mended to " .. line) end
wait("the mended text", function() return codes() == "leftover.script@2:44" end)

-- An edit by hand moves what follows.
vim.api.nvim_buf_set_lines(buffer, 0, 0, false, { "Первая строка новая.", "" })
wait("the moved finding", function() return codes() == "leftover.script@4:44" end)

-- A comment with its reason.
act(4, 26, "comment")
line = vim.api.nvim_buf_get_lines(buffer, 4, 5, false)[1]
vim.api.nvim_buf_set_lines(buffer, 4, 5, false, { (line:gsub("…", "the title of a book")) })
wait("the suppression", function() return codes() == "" end)

vim.lsp.stop_client(client)
wait("the end", function() return vim.lsp.client_is_stopped(client) end)
io.stdout:write("editor: 6 passed, 0 failed\n")
vim.cmd("qall!")
