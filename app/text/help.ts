/** Why a correction was not taken as a whole. */
export const editRefusals = {
  outdated: 'Trường hợp này vừa được thay đổi ở nơi khác. Anh/chị mở lại trang để xem nội dung mới rồi sửa tiếp.',
  withdrawn: 'Trường hợp này đã được rút. Anh/chị khôi phục trước khi sửa.',
  erased: 'Dữ liệu của người dân đã được xóa theo yêu cầu của họ nên trường hợp này không sửa được.',
}
