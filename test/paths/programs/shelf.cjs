exports.shelves = { books: [] };
exports.add = (book) => exports.shelves.books.push(book);
